import Messaging

/// `(date)`, `(date to come)`, `(date gone by)`, `(date at least 3 days ahead)`: a day as people write
/// it in the United Kingdom.
///
/// What is kept is the day in ISO 8601, such as `2026-12-04`. `12/3` is 12 March. Without a year the
/// nearest such day is meant, or the next or last one where the type says which way to look. `Friday`
/// is the coming one, `next Friday` the one of next week (weeks begin on Mondays), `last Friday` the
/// one before today. A day and a weekday that do not agree are not understood, nor are two days.
///
/// ```text
/// conversation: When can we come?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask day (date to come):
///     Which day suits you for the visit?
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   say: Thank you. We have noted that.
///   end
///
///
/// step finish
///   end
///
/// example next Friday, asked on Tuesday 24 November 2026
///   resident: TRY
///   bot: Which day suits you for the visit?
///   resident: 20/11/2026
///   bot: Sorry, ... a date, such as 12 March. Which day suits you for the visit?
///   resident: next Friday please
///   bot: Thank you. We have noted that.
///   answer day is 2026-12-04
/// ```
struct DateAnswer: AnswerTypeKind {
  let reader: DateReader

  static let form = "(date)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    switch words {
    case "date": return .date(.either)
    case "date to come": return .date(.toCome)
    case "date gone by": return .date(.goneBy)
    case let other where daysAhead(other) != nil:
      return .date(.toCome, leastDaysAhead: daysAhead(other) ?? 0)
    case let other where other.hasPrefix("date"):
      reader.report(
        "E233", question.line, "“\(words)” is not a type of date",
        fix: "use (date), (date to come), (date gone by) or (date at least 3 days ahead)")
      return .date(.either)
    default: return nil
    }
  }

  /// The number in `date at least 3 days ahead`; nil for other words.
  private static func daysAhead(_ words: String) -> Int? {
    guard let rest = words.after("date at least "),
      let days = Int(rest.split(separator: " ").first ?? ""), (1...365).contains(days),
      rest == "\(days) days ahead"
    else { return nil }
    return days
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    switch reader.date(in: reply, today: context.today) {
    case .success(let date): .certain(.value(date.iso8601))
    case .failure(let problem): .unclear(problem.reason)
    }
  }

  var hint: RetryHint? { RetryHint(text: .hintDate) }
}
