/// `(words up to 300)`: free words, at most so many characters as people count them.
///
/// What is kept is the message as it came, without the white space around it. A message that is
/// exactly a keyword of another conversation is asked about once.
///
/// ```text
/// conversation: Where is it?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask where (words up to 40):
///     Where is it broken?
///     no answer after 2 days -> finish
///   say: Thank you. We will look.
///   end
///
///
/// step finish
///   end
///
/// example too long
///   resident: TRY
///   bot: Where is it broken?
///   resident: In the cupboard under the stairs on floor 2
///   bot: Sorry, ... at most 40 characters. Where is it broken?
///   resident: Under the stairs on floor 2
///   bot: Thank you. We will look.
///   answer where is Under the stairs on floor 2
/// ```
struct WordsAnswer: AnswerTypeKind {
  /// The most characters.
  let limit: Int

  static let form = "(words up to 300)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    guard words == "words" || words.hasPrefix("words ") else { return nil }
    guard let limit = words.after("words up to ").flatMap(Int.init), (1...1600).contains(limit)
    else {
      reader.report(
        "E235", question.line, "how long “\(words)” may be cannot be read",
        fix: "write “(words up to 300)” with a number from 1 to 1600")
      return .words(upTo: 300)
    }
    return .words(upTo: limit)
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    guard !context.sureOnly, !reply.text.isEmpty else { return .unclear(.nothingFound) }
    if reply.text.utf8.count > limit {
      let end = reply.text.index(
        reply.text.startIndex, offsetBy: limit, limitedBy: reply.text.endIndex)
      guard end == nil || end == reply.text.endIndex else { return .unclear(.tooMuch) }
    }
    return .certain(.words(reply.text))
  }

  var hint: RetryHint? { RetryHint(text: .hintWords, slots: ["most": String(limit)]) }
}
