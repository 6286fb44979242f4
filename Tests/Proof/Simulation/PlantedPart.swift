/// The bugs that are planted on purpose, each of which the simulation must find.
enum PlantedPart {
  static let part = ProofPart(
    name: "planted", proves: "the simulation finds each bug that is planted on purpose", run: run)

  private static let bugs = [
    "ack-before-commit", "synchronous-normal", "retry-on-timeout", "retry-on-5xx",
    "retry-on-reset", "stop-at-enqueue", "stop-not-recorded", "start-lifts-later-stop",
    "dedupe-off", "dedupe-1-hour", "lane-lock-dropped", "claimed-requeued", "recover-skipped",
    "unknown-sent-again", "receipt-lowers", "timer-twice", "hours-ignored", "caps-off",
    "event-not-finished", "expiry-ignored",
  ]

  /// Runs seeds against each bug until one finds it, at most a thousand.
  private static func run(_ order: ProofOrder) throws -> ProofOutcome {
    var outcome = ProofOutcome(unit: "bugs")
    #if PLANTED
    for bug in bugs where order.only == nil || order.only == bug {
      outcome.tries += 1
      var asked = order
      asked.only = nil
      var runs = 0
      var finding: String?
      try SimulationWorkers.run(asked, count: 2, seeds: order.count ?? 1000, plant: bug) { line in
        guard let result = SimulationResult(line: line) else { return true }
        runs += 1
        finding = result.violation
        return finding == nil
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
