/// What `check` tells of one conversation.
public struct ConversationReport: Equatable, Sendable {
  /// The conversation's id.
  public var id: String
  /// How many states can be reached: a statement, the replies not understood, and the values that a
  /// later condition reads.
  public var states: Int
  /// How many paths lead through it, none of which comes back to a step; `Int.max` for more than
  /// that.
  public var paths: Int
  /// The messages of the longest path.
  ///
  /// Every question on it is asked again as often as may be, and reminded of.
  public var messages: Int
  /// The SMS parts of the longest path, with the landlord's name before every message.
  public var parts: Int
  /// How many examples it has.
  public var examples: Int

  /// What the longest path costs, in pence without VAT.
  public func pence(perPart rate: Double) -> Double { Double(parts) * rate }
}

/// Explores the conversations of a library, each after those that it runs.
struct Explorer {
  private let library: Library
  private var summaries: [String: PathSummary] = [:]
  /// What was found, in the order of the ids.
  private(set) var findings: [Diagnostic] = []
  /// What is told of each conversation, in the order of the ids.
  private(set) var reports: [ConversationReport] = []

  /// Explores them all.
  init(_ library: Library) {
    self.library = library
    var states: [String: Int] = [:]
    for id in library.conversationIDs { explore(id, depth: 0, &states) }
    for id in library.conversationIDs {
      guard let program = library.program(id), let summary = summaries[id] else { continue }
      reports.append(
        ConversationReport(
          id: id, states: states[id] ?? 0, paths: summary.paths, messages: summary.messages,
          parts: summary.parts, examples: program.examples.count))
    }
  }

  private mutating func explore(_ id: String, depth: Int, _ states: inout [String: Int]) {
    guard states[id] == nil, depth <= Session.depthLimit, let program = library.program(id) else {
      return
    }
    for other in program.runs.keys.sorted() { explore(other, depth: depth + 1, &states) }
    let exploration = Exploration(program)
    states[id] = exploration.states.count
    func report(_ code: String, _ line: Int, _ problem: String, _ fix: String) {
      findings.append(
        Diagnostic(code: code, file: program.file, line: line, problem: problem, fix: fix))
    }
    guard !exploration.isTooLarge else {
      return report(
        "E414", 0, "more than \(Exploration.stateLimit) states of this conversation can be reached",
        "let fewer values decide later what is said, or split it with “run”")
    }
    let reached = exploration.stepsReached
    for (step, found) in program.steps.enumerated() where !reached.contains(step) {
      report(
        "E402", found.line, "no answer or outcome can lead to the step “\(found.name)”",
        "put right the conditions before it, or delete it")
    }
    for language in program.languages.indices {
      let summary = PathSummary(
        of: exploration, language: language, texts: library.texts, others: summaries)
      for (line, text) in summary.longMessages.sorted(by: { $0.key < $1.key }) {
        findings.append(.longMessage(text, file: program.file, line: line))
      }
      guard language == 0 else { continue }
      summaries[id] = summary
      if let line = summary.fourthQuestion {
        report(
          "W703", line, "this can be the fourth question in a row",
          "ask less at once: three questions are about as many as people answer")
      }
    }
  }
}
