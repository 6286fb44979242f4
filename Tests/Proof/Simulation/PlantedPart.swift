import Glibc

/// The bugs that are planted on purpose, each of which the simulation must find, or the part that is
/// named for it.
enum PlantedPart {
  static let part = ProofPart(
    name: "planted", proves: "the proof finds each bug that is planted on purpose", run: run)

  private static let bugs = [
    "ack-before-commit", "synchronous-normal", "retry-on-timeout", "retry-on-5xx",
    "retry-on-reset", "stop-at-enqueue", "stop-not-recorded", "start-lifts-later-stop",
    "dedupe-off", "dedupe-1-hour", "lane-lock-dropped", "claimed-requeued", "recover-skipped",
    "unknown-sent-again", "receipt-lowers", "timer-twice", "hours-ignored", "caps-off",
    "event-not-finished", "expiry-ignored", "rewindable-body",
  ]

  #if PLANTED
  /// The part that must find a bug, for those below the simulation.
  private static let finders = ["rewindable-body": TransportPart.part]

  /// Lets a part run with the bug until it finds something; how often it tried, and what it found.
  private static func hunt(
    _ bug: String, by finder: ProofPart, _ order: ProofOrder
  ) throws -> (runs: Int, finding: String?) {
    setenv("COMMONTHREAD_BUG", bug, 1)
    defer { unsetenv("COMMONTHREAD_BUG") }
    let found = try finder.run(order)
    return (found.tries, found.violations.first?.sentence)
  }
  #endif

  /// Runs seeds against each bug until one finds it, at most a thousand.
  private static func run(_ order: ProofOrder) throws -> ProofOutcome {
    var outcome = ProofOutcome(unit: "bugs")
    #if PLANTED
    for bug in bugs where order.only == nil || order.only == bug {
      outcome.tries += 1
      var asked = order
      asked.only = nil
      asked.violationLimit = 1
      var runs = 0
      var finding: String?
      if let finder = finders[bug] {
        (runs, finding) = try hunt(bug, by: finder, asked)
      } else {
        try SimulationWorkers.run(asked, count: 2, seeds: order.count ?? 1000, plant: bug) { line in
          guard let result = SimulationResult(line: line) else { return true }
          runs += 1
          finding = result.violation
          return finding == nil
        }
      }
      outcome.notes.append("\(bug): " + (finding.map { "found after \(runs): \($0)" } ?? "MISSED"))
      guard finding == nil else { continue }
      outcome.violations.append(
        ProofViolation(sentence: "\(bug) was not found in \(runs) seeds.", replay: "--only \(bug)"))
    }
    #else
    outcome.notes.append("Build with COMMONTHREAD_PLANTED=1 in the environment to plant bugs.")
    outcome.violations.append(ProofViolation(sentence: "No bug is planted here.", replay: ""))
    #endif
    return outcome
  }
}
