import Messaging

/// Plays an example against a library: a resident, a clock and timers, without any gateway.
///
/// It begins on Tuesday 24 November 2026 at 10:00 with a resident of Oak Tower, Elm Homes, England,
/// on SMS. Timers start when a message is sent and fire in order as time passes. Between any two
/// turns the lane may be stored as bytes and read back.
public struct ExampleRunner {
  let library: Library
  let restoresBetweenTurns: Bool
  var lane = Lane()
  var context: TurnContext
  /// What was sent and not yet looked at by a `bot:` line.
  var unread: [Outgoing] = []
  /// Timers that run: when they fire, in which order they started, and what they do.
  var timers: [(due: Instant, kind: TimerKind, question: Int)] = []
  /// What staff fill in at the next start.
  var fillIns: [String: String] = [:]
  /// The id of the conversation whose example it is.
  var conversation = ""
  /// The outcomes that the example decides; else the first of each action's list comes out.
  var outcomes: [String: String] = [:]
  var answers: [(name: String, value: String)] = []
  var teams: [String] = []
  var seenByStaff: [String] = []
  /// Where the example came by.
  var trail: Set<Passage> = []
  /// All that was said so far, for the message when a line is not as it should be.
  var transcript: [String] = []

  /// When every example begins: 2026-11-24T10:00:00Z, a Tuesday.
  public static let start = Instant(milliseconds: 1_795_514_400_000)

  /// The values that are known of the resident and the landlord at the start.
  public static let values = [
    "landlord": "Elm Homes", "phone": "01632 960 123", "building": "Oak Tower",
    "nation": "England",
  ]

  /// Sets the scene.
  init(library: Library, restoresBetweenTurns: Bool) {
    self.library = library
    self.restoresBetweenTurns = restoresBetweenTurns
    context = TurnContext(now: Self.start, channel: "sms", values: Self.values)
  }

  /// What running the examples of a library found.
  public struct Results: Sendable {
    /// The examples that fail.
    public var findings: [Diagnostic] = []
    /// Where the examples came by, together.
    var trail: Set<Passage> = []
  }

  /// Runs every example of every conversation and finds those that fail.
  ///
  /// Each runs twice: as it is, and with the lane stored and read back between turns.
  public static func results(in library: Library) -> Results {
    var results = Results()
    for id in library.conversationIDs {
      for example in library.program(id)?.examples ?? [] {
        let failure =
          failure(of: example, of: id, in: library, restoring: false, &results.trail)
          ?? failure(of: example, of: id, in: library, restoring: true, &results.trail)
        if let failure { results.findings.append(failure) }
      }
    }
    return results
  }

  private static func failure(
    of example: Example, of id: String, in library: Library, restoring: Bool,
    _ trail: inout Set<Passage>
  ) -> Diagnostic? {
    var runner = ExampleRunner(library: library, restoresBetweenTurns: restoring)
    runner.conversation = id
    defer { trail.formUnion(runner.trail) }
    for line in example.lines {
      guard let problem = runner.play(line.content) else { continue }
      let how = restoring ? " (with the session stored between turns)" : ""
      let marked = runner.transcript.map { "    " + $0 } + ["  > " + line.text]
      return Diagnostic(
        code: "E602", file: example.file, line: line.number,
        problem: "the example “\(example.name)” fails here\(how): \(problem)",
        fix: "put right the example or the conversation\n" + marked.joined(separator: "\n"))
    }
    guard let left = runner.unread.first, example.lines.last?.content.isExpectation != false else {
      return nil
    }
    return Diagnostic(
      code: "E602", file: example.file, line: example.lines.last?.number ?? example.line,
      problem: "the example “\(example.name)” ends, but more was sent: “\(left.shown)”",
      fix: "add the line “bot: ...”")
  }

  /// Does or checks one line; what is wrong, or nil.
  mutating func play(_ content: Example.Content) -> String? {
    switch content {
    case .resident(let words):
      if let left = takeUnread() { return left }
      transcript.append("resident: " + words)
      turn(.message(text: words, choice: nil))
    case .later(let span):
      if let left = takeUnread() { return left }
      pass(until: context.now + span)
    case .clock(let minutes):
      if let left = takeUnread() { return left }
      pass(until: next(minutesAfterMidnight: minutes))
    case .language(let code): context.language = code
    case .channel(let kind):
      context.channel = kind
      context.showsPictures = ChannelStyle.showsPictures(kind)
    case .started(let source): return start(by: source)
    case .fillIn(let name, let value): fillIns[name] = value
    case .poll(let poll): context.polls.append(library.prepared(poll))
    case .pollCloses: closePolls()
    case .person(let name, let value): context.values[name] = value
    case .pretend(let action, let outcome): outcomes[action] = outcome
    case .bot(let pattern): return expectMessage(pattern)
    case .nothingIsSent: return unread.first.map { "this was sent: “\($0.shown)”" }
    case .answer, .handedOver, .staffSee: return expectEffect(content)
    }
    return nil
  }

  /// A message that no `bot:` line spoke of, as a problem.
  func takeUnread() -> String? {
    unread.first.map { "before it this was sent, and no “bot:” line says so: “\($0.shown)”" }
  }

  private mutating func expectMessage(_ pattern: String) -> String? {
    guard !unread.isEmpty else { return "nothing was sent" }
    let text = unread.removeFirst().shown
    if Wildcards.matches(pattern, text) { return nil }
    let name = (context.values["landlord"] ?? "") + ": "
    if let rest = text.after(name), Wildcards.matches(pattern, rest) { return nil }
    return "this was sent: “\(text)”"
  }

  private func expectEffect(_ content: Example.Content) -> String? {
    switch content {
    case .answer(let name, let value):
      let kept = answers.last { $0.name == name }?.value
      if kept == value { return nil }
      return kept.map { "the answer is “\($0)”" } ?? "no such answer was kept"
    case .handedOver(let team):
      if teams.contains(team) { return nil }
      return teams.last.map { "it was handed over to “\($0)”" } ?? "nobody took over"
    case .staffSee(let pattern):
      if seenByStaff.contains(where: { Wildcards.matches(pattern, $0) }) { return nil }
      return seenByStaff.last.map { "staff see: “\($0)”" } ?? "staff see nothing"
    default: return nil
    }
  }
}

extension Example.Content {
  /// Whether the line checks what was sent, so that nothing unread may be left after it.
  fileprivate var isExpectation: Bool {
    switch self {
    case .bot, .nothingIsSent, .answer, .handedOver, .staffSee: true
    case .resident, .later, .clock, .language, .channel, .person, .pretend, .started, .fillIn,
      .poll, .pollCloses:
      false
    }
  }
}
