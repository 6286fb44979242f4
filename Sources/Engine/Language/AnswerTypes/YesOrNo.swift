/// `(yes or no)`: yes is 1 and no is 2, and what is kept is `yes` or `no`.
///
/// The words for both stand in `common-words.txt`. "not sure" is neither, nor is "yesterday".
///
/// ```text
/// conversation: Is the lift working?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask lift (yes or no):
///     Is the lift working?
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   when lift is yes -> finish
///   otherwise -> broken
///
/// step broken
///   say: Thank you. We will send someone.
///   end
///
/// step finish
///   end
///
/// example not sure is not a no
///   resident: TRY
///   bot: Is the lift working?
///   resident: not sure
///   bot: Sorry, ... Please reply yes or no. Is the lift working?
///   resident: nope
///   bot: Thank you. We will send someone.
///   answer lift is no
/// ```
struct YesOrNo: AnswerTypeKind {
  let matcher: ChoiceMatcher

  /// Prepares the question.
  init(_ vocabulary: Vocabulary) {
    matcher = ChoiceMatcher(
      ["yes", "no"].map { AnswerType.Option(id: $0, phrases: []) }, vocabulary: vocabulary)
  }

  static let form = "(yes or no)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    words == "yes or no" ? .yesOrNo : nil
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    .found(matcher.choice(in: reply, sureOnly: context.sureOnly).map { .choice($0) })
  }

  var hint: RetryHint? { RetryHint(text: .hintYesOrNo) }
}
