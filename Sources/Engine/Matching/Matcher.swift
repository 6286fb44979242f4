/// Decides what a person's words mean here and now.
public enum Matcher {
  /// Reads a message by the order of the language page, section 2.
  ///
  /// - Parameters:
  ///   - text: The message as it came.
  ///   - choice: The id of a pressed button; one that fits the open question answers it.
  ///   - question: The open question, or nil.
  ///   - conversation: The conversation that the open question belongs to, or nil.
  ///   - sureOnly: Nobody knows whether the question arrived: take only a sure answer.
  ///   - keywords: All keywords.
  ///   - vocabulary: The shared words.
  ///   - fitsFirstQuestion: Whether the words after a keyword answer the first question there.
  public static func read(
    _ text: String, choice: String?, question: QuestionMatcher?,
    ownKeywords conversation: String?, sureOnly: Bool, keywords: KeywordTable,
    vocabulary: Vocabulary, fitsFirstQuestion: (Keyword, String) -> Bool
  ) -> Reading {
    .nothing
  }
}
