import Messaging

/// Decides what a person's words mean here and now.
public enum Matcher {
  /// Reads a message by the order of the language page, section 2.
  ///
  /// Two answers come before that order, since the person was offered just these: a pressed button
  /// of the open question, and, before words are taken for a wish to opt out, a reply that is
  /// exactly one of its choices.
  ///
  /// - Parameters:
  ///   - text: The message as it came.
  ///   - choice: The id of a pressed button; one that fits the open question answers it.
  ///   - question: The open question, or nil.
  ///   - conversation: The conversation that the open question belongs to, or nil.
  ///   - today: The day where the person lives.
  ///   - sureOnly: Nobody knows whether the question arrived: take only a sure answer.
  ///   - keywords: All keywords.
  ///   - vocabulary: The shared words.
  ///   - fitsFirstQuestion: Whether the words after a keyword answer the first question there.
  /// - Returns: The first reading that applies; `.nothing` only when no question is open.
  public static func read(
    _ text: String, choice: String?, question: QuestionMatcher?,
    ownKeywords conversation: String?, on today: CivilDate, sureOnly: Bool,
    keywords: KeywordTable,
    vocabulary: Vocabulary, fitsFirstQuestion: (Keyword, String) -> Bool
  ) -> Reading {
    if let choice, let answer = question?.answer(pressed: choice) { return .answer(answer) }
    let reply = FoldedReply(text)
    if let word = vocabulary.engineWord(in: reply) { return .engineWord(word) }
    if vocabulary.isDanger(reply) { return .danger }
    if vocabulary.beginsWithStop(reply) { return .engineWord(.stop) }
    if vocabulary.isNearStop(reply) {
      return question?.answer(to: reply, on: today, sureOnly: true).map { .answer($0) }
        ?? .nearOptOut
    }
    if let question {
      if question.takesWords, !sureOnly, let keyword = keywords.exact(reply),
        keyword.conversation != conversation
      {
        return .keywordOrAnswer(keyword)
      }
      if let answer = question.answer(to: reply, on: today, sureOnly: sureOnly) {
        return .answer(answer)
      }
    }
    if let reading = keyword(reply, in: keywords, fitsFirstQuestion) { return reading }
    return question == nil ? .nothing : .notUnderstood
  }

  private static func keyword(
    _ reply: FoldedReply, in keywords: KeywordTable,
    _ fitsFirstQuestion: (Keyword, String) -> Bool
  ) -> Reading? {
    if let keyword = keywords.exact(reply) { return .keyword(keyword, rest: "") }
    if let (keyword, rest) = keywords.beginning(reply, fitsFirstQuestion: fitsFirstQuestion) {
      return .keyword(keyword, rest: rest)
    }
    return keywords.near(reply).map { .nearKeyword($0) }
  }
}
