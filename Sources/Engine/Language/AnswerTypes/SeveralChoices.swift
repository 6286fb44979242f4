/// `(choices, up to 3)`: some of the choices that stand under the question, none of which may jump.
///
/// What is kept are their ids in the order of the list, with commas between them; a condition asks
/// with `includes`. Numbers and words may be mixed. "1-3" may mean two or three of them and is not
/// understood, nor is a reply with one part that says nothing.
///
/// ```text
/// conversation: What do you need?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask needs (choices, up to 2):
///     What would help you to come?
///     - interpreter: An interpreter
///     - childcare: Childcare (also children)
///     - travel: Help with travel (also bus, taxi)
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   when needs includes travel -> travel
///   otherwise -> finish
///
/// step travel
///   say: We will call you about {needs}.
///   end
///
/// step finish
///   end
///
/// example two of three
///   resident: TRY
///   bot: What would help you to come? 1 An interpreter 2 Childcare 3 Help with travel
///   resident: 1, 2 and 3
///   bot: Sorry, ... Choose up to 2, such as 1 and 2. What would help you to come? ...
///   resident: taxi and 1
///   bot: We will call you about An interpreter, Help with travel.
///   answer needs is interpreter, travel
/// ```
struct SeveralChoices: AnswerTypeKind {
  let matcher: SeveralMatcher

  static let form = "(choices, up to 3)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    guard words.hasPrefix("choices,") || words.hasPrefix("choices ") else { return nil }
    guard let limit = words.after("choices,")?.after("up to ").flatMap(Int.init),
      limit >= 2, limit <= max(2, question.options.count)
    else {
      reader.report(
        "E232", question.line, "how many choices “\(words)” takes cannot be read",
        fix: "write “(choices, up to 3)” with a number from 2 to the number of choices")
      return .several(question.options, upTo: 2)
    }
    return .several(question.options, upTo: limit)
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    matcher.choices(in: reply, sureOnly: context.sureOnly)
  }

  var hint: RetryHint? {
    RetryHint(text: .hintSeveral, slots: ["most": String(matcher.limit)])
  }
}
