/// `(time)`, `(time 8am to 6pm)`: a time of day.
///
/// What is kept is the time on the 24-hour clock, such as `15:30`. "half 3" is half past. A time that
/// may be in the morning or in the afternoon, such as "3" or "half 9", is taken where only one of the
/// two lies within the range, and is not understood else; "09:30" and "15.30" are of the 24-hour clock.
///
/// ```text
/// conversation: When may we call?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask time (time 8am to 6pm):
///     When may we call you?
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   say: Thank you. We will call you at {time}.
///   end
///
///
/// step finish
///   end
///
/// example half past three
///   resident: TRY
///   bot: When may we call you?
///   resident: in the evening
///   bot: Sorry, ... a time, such as 9:30am or 14:00. When may we call you?
///   resident: half 3
///   bot: Thank you. We will call you at 15:30.
///   answer time is 15:30
/// ```
struct TimeAnswer: AnswerTypeKind {
  let reader: TimeReader

  static let form = "(time)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    if words == "time" { return .time(0...1439) }
    guard words.hasPrefix("time ") else { return nil }
    guard let (from, to) = words.after("time ")?.cut(at: " to "),
      let first = ClockTime.minutes(from), let last = ClockTime.minutes(to), first < last
    else {
      reader.report(
        "E234", question.line, "the hours of “\(words)” cannot be read",
        fix: "write the first and the last time, such as “(time 8am to 6pm)”")
      return .time(0...1439)
    }
    return .time(first...last)
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    switch reader.minutes(in: reply) {
    case .success(let minutes): .certain(.value(TimeReader.text(minutes)))
    case .failure(let problem): .unclear(problem.reason)
    }
  }

  var hint: RetryHint? { RetryHint(text: .hintTime) }
}
