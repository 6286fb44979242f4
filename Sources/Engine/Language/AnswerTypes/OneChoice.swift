/// One of the choices that stand under the question, or of a list that it names in brackets.
///
/// What is kept is the choice's id. A number, the id, the label and synonyms are taken, and so are
/// words around them and a slip of the finger; of two choices in one reply neither is.
///
/// ```text
/// conversation: How satisfied are you?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
/// choices satisfaction:
///   - satisfied: Satisfied
///   - dissatisfied: Not satisfied (also unhappy)
///
/// step try
///   ask tp01 (satisfaction):
///     How satisfied are you with our repairs?
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   -> next
///
/// step next
///   ask tp02 (satisfaction):
///     And how satisfied with how long they took?
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   say: You said {tp01} and {tp02}.
///   end
///
/// step finish
///   end
///
/// example two questions with one list
///   resident: TRY
///   bot: How satisfied are you with our repairs? 1 Satisfied 2 Not satisfied
///   resident: satisfied I think
///   bot: And how satisfied with how long they took? 1 Satisfied 2 Not satisfied
///   resident: not satisfied at all
///   bot: You said Satisfied and Not satisfied.
///   answer tp01 is satisfied
///   answer tp02 is dissatisfied
/// ```
struct OneChoice: AnswerTypeKind {
  let matcher: ChoiceMatcher

  static let form = "lines “- id: Label -> step”"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    words == "choices" ? .choices(question.options) : nil
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    .found(matcher.choice(in: reply, sureOnly: context.sureOnly).map { .choice($0) })
  }

  var hint: RetryHint? { nil }
}
