import Messaging

/// `wait 2 days`, `wait until 9am` or `wait until 1 day before {day} at 10am` goes on later.
///
/// The person is asked nothing meanwhile, so other conversations can begin; this one goes on when
/// the time has come, within the sending hours and not while another question is open. A time that
/// has passed, and a day that is not known, are not waited for. Without `at` a day begins at 9am.
///
/// ```text
/// conversation: Two tips
/// owner: Safety Team
/// purpose: Send a second tip a day later.
/// start when they text: TIPS
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step first
///   say: Keep your door shut.
///   wait until 9am
///   say: Test your smoke alarm.
///   wait 2 days
///   say: That was the last tip.
///   end
///
/// example one tip a day
///   resident: TIPS
///   bot: Elm Homes: Keep your door shut.
///   later: 22 hours
///   nothing is sent
///   later: 1 hour
///   bot: Elm Homes: Test your smoke alarm.
///   later: 2 days
///   bot: Elm Homes: That was the last tip.
/// ```
struct Wait: Statement {
  let line: Int
  let until: Until

  /// What is waited for.
  enum Until: Equatable, Sendable {
    /// So much time.
    case span(Duration)
    /// The next time that the clock shows so many minutes after midnight.
    case clock(Int)
    /// So many days after the day that is the value of that name, at so many minutes after midnight.
    case day(String, shift: Int, minute: Int)
  }

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let rest = node.text.after("wait ") else { return nil }
    nodes.removeFirst()
    reader.refuseChildren(of: node)
    guard let words = rest.after("until ") else {
      return Wait(line: node.line, until: .span(reader.duration(rest, line: node.line)))
    }
    guard let until = until(words) else {
      reader.report(
        "E313", node.line, "this “wait” cannot be read",
        fix: "write “wait 2 days”, “wait until 9am” or “wait until 1 day before {day} at 10am”")
      return Wait(line: node.line, until: .span(.days(1)))
    }
    return Wait(line: node.line, until: until)
  }

  private static func until(_ words: String) -> Until? {
    if let minute = ClockTime.minutes(words) { return .clock(minute) }
    let (day, time) = words.cutAtLast("} at ").map { ($0.before + "}", $0.after) } ?? (words, "9am")
    guard let minute = ClockTime.minutes(time), let (shift, name) = day.cut(at: "{"),
      name.hasSuffix("}"), let days = days(shift)
    else { return nil }
    let value = name.dropLast().trimmed
    return ValueName.isValid(value) ? .day(value, shift: days, minute: minute) : nil
  }

  /// The days of `1 day before`, `2 weeks after` or nothing.
  private static func days(_ words: String) -> Int? {
    if words.isEmpty { return 0 }
    let isBefore = words.hasSuffix(" before")
    guard isBefore || words.hasSuffix(" after"),
      let span = Duration(words: words.dropLast(isBefore ? 6 : 5).trimmed),
      span.milliseconds % Duration.days(1).milliseconds == 0
    else { return nil }
    let days = Int(span.milliseconds / Duration.days(1).milliseconds)
    return isBefore ? -days : days
  }

  var exits: [Exit] { [.to(nil, waits: true)] }

  func check(_ checker: inout ProgramChecker) {
    if case .day(let name, _, _) = until { checker.checkName(name, line: line) }
  }

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [] }

  func explore(_ visit: inout StateVisit) {
    visit.say(.send)
    visit.go(.next)
  }

  func run(_ run: inout TurnRun) -> Flow {
    guard let instant = instant(in: run), instant > run.context.now else { return .next }
    return run.sleep(until: instant)
  }

  private func instant(in run: TurnRun) -> Instant? {
    let clock = run.context.clock
    switch until {
    case .span(let span): return run.context.now + span
    case .clock(let minute):
      let today = clock.localTime(run.context.now).date
      let instant = clock.instant(today, minute)
      return instant > run.context.now ? instant : clock.instant(today + 1, minute)
    case .day(let name, let shift, let minute):
      guard let day = run.value(named: name).flatMap(CivilDate.init(iso8601:)) else { return nil }
      return clock.instant(day + shift, minute)
    }
  }
}
