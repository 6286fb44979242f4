/// `(postcode)`: a postcode of the United Kingdom or the Crown dependencies, by its shape and area.
///
/// What is kept is its one form, such as `M4 5JD`. Case and spaces do not matter, nor does O for 0 or
/// I for 1 where the shape says which it is. Whether anything is delivered there is not known here.
///
/// ```text
/// conversation: Where are you?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask postcode (postcode):
///     What is your postcode?
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   say: Thank you. That is {postcode}.
///   end
///
///
/// step finish
///   end
///
/// example small letters and no space
///   resident: TRY
///   bot: What is your postcode?
///   resident: m4 5
///   bot: Sorry, ... the whole postcode, such as M4 5JD. What is your postcode?
///   resident: its m45jd
///   bot: Thank you. That is M4 5JD.
///   answer postcode is M4 5JD
/// ```
struct PostcodeAnswer: AnswerTypeKind {
  let vocabulary: Vocabulary

  static let form = "(postcode)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    words == "postcode" ? .postcode : nil
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    let core = vocabulary.withoutCourtesies(reply.words)
    if let postcode = Postcode(typed: core.joined()) { return .certain(.value(postcode.text)) }
    guard !context.sureOnly else { return .unclear(.nothingFound) }
    guard !core.contains(where: vocabulary.negations.contains) else { return .unclear(.ambiguous) }
    let found = Postcode.all(in: core)
    guard let first = found.first else { return .unclear(.nothingFound) }
    return found.allSatisfy { $0 == first } ? .certain(.value(first.text)) : .unclear(.ambiguous)
  }

  var hint: RetryHint? { RetryHint(text: .hintPostcode) }
}
