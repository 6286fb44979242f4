/// `(number 1 to 20)`: a number in digits or words from the lower to the upper bound, both included.
///
/// What is kept is the number in digits. It may have decimals when a bound is written with one, as in
/// `(number 0 to 2.5)`. Several numbers in one reply are not understood, nor are "more than 5",
/// "two and a half" where the range has no decimals, or "not 3".
///
/// ```text
/// conversation: How many people?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask people (number 1 to 20):
///     How many people live in your home?
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   say: Thank you. That is {people}.
///   end
///
///
/// step finish
///   end
///
/// example in words
///   resident: TRY
///   bot: How many people live in your home?
///   resident: three or four
///   bot: Sorry, ... a number from 1 to 20. How many people live in your home?
///   resident: there are four of us
///   bot: Thank you. That is 4.
///   answer people is 4
/// ```
struct NumberAnswer: AnswerTypeKind {
  let matcher: NumberMatcher

  static let form = "(number 1 to 20)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    guard words == "number" || words.hasPrefix("number ") else { return nil }
    guard let range = words.after("number "), let (low, high) = range.cut(at: " to "),
      let lower = Double(low), let upper = Double(high), lower < upper,
      lower.isFinite, upper.isFinite, max(abs(lower), abs(upper)) <= 1_000_000_000
    else {
      reader.report(
        "E231", question.line, "the range of “\(words)” cannot be read",
        fix: "write the least and the greatest number, such as “(number 1 to 20)”")
      return .number(1...20, decimals: false)
    }
    return .number(lower...upper, decimals: range.contains("."))
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    .found(matcher.number(in: reply, sureOnly: context.sureOnly).map { .number($0) })
  }

  var hint: RetryHint? {
    let range = matcher.range
    return RetryHint(
      text: .hintNumber,
      slots: ["low": numberText(range.lowerBound), "high": numberText(range.upperBound)])
  }
}
