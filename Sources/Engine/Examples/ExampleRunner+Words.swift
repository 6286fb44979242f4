import Messaging

/// The lines of examples that trying a conversation out understands too.
extension ExampleRunner {
  /// What `first name is Sam` says of the person; a nil value for `is not known`.
  ///
  /// Nil for anything else, and for a name that the language page does not list.
  public static func fact(in words: String) -> (name: String, value: String?)? {
    guard case .person(let name, let value)? = ExampleReader.person(words) else { return nil }
    return (name, value)
  }

  /// What `give voucher is none left` pretends; nil for no action, or none of its outcomes.
  public static func pretence(in words: String) -> (action: String, outcome: String)? {
    guard let (action, outcome) = words.cut(at: " is "), let kind = ActionKind.kind(of: action),
      kind.outcome(named: outcome) != nil
    else { return nil }
    return (kind.words, outcome)
  }

  /// A length of time such as `25 hours`, or a time of day such as `9am` reckoned from `now`.
  ///
  /// The time of day is that of `clock`; nil for anything else.
  public static func moment(
    _ words: String, after now: Instant, clock: WallClock
  ) -> Instant? {
    if let span = Duration(words: words) { return now + span }
    guard let minutes = ClockTime.minutes(words) else { return nil }
    let today = clock.localTime(now).date
    let moment = clock.instant(today, minutes)
    return moment > now ? moment : clock.instant(today + 1, minutes)
  }
}
