#if PLANTED
import Glibc
#endif

/// The bugs that are planted on purpose, each of which the simulation must find.
enum PlantedPart {
  static let part = ProofPart(
    name: "planted", proves: "the simulation finds each bug that is planted on purpose", run: run)

  private static let bugs = [
    "ack-before-commit", "synchronous-normal", "retry-on-timeout", "retry-on-5xx",
    "retry-on-reset", "stop-at-enqueue", "stop-not-recorded", "start-lifts-later-stop",
    "stop-confirmed-again", "dedupe-off", "dedupe-1-hour", "lane-lock-dropped",
    "unknown-lane-free", "clock-goes-back", "claimed-requeued", "recover-skipped",
    "unknown-sent-again", "retry-after-ignored", "backoff-off", "receipt-lowers", "timer-twice",
    "hours-ignored", "caps-off", "event-not-finished", "expiry-ignored", "restore-sends-again",
    "restore-forgets-stops",
  ]

  /// Runs small seeds against each bug until one finds it, at most a thousand, and a release's ones
  /// as large as they are drawn.
  private static func run(_ order: ProofOrder) throws -> ProofOutcome {
    var outcome = ProofOutcome(unit: "bugs")
    #if PLANTED
    for bug in bugs where order.only == nil || order.only == bug {
      outcome.tries += 1
      var asked = order
      asked.only = nil
      if order.size == .ci {
        asked.days = order.days ?? 2
        asked.residents = order.residents ?? 20
      }
      var runs = 0
      var found: SimulationResult?
      try SimulationWorkers.run(asked, count: 2, seeds: order.count ?? 1000, plant: bug) { line in
        guard let result = SimulationResult(line: line) else { return true }
        runs += 1
        guard result.violation != nil else { return true }
        found = result
        return false
      }
      if let found, let violation = found.violation {
        print("  \(bug): seed \(found.seed), the \(runs)th tried: \(violation)")
        fflush(nil)
      } else {
        outcome.violations.append(
          ProofViolation(
            sentence: "\(bug) was not found in \(runs) seeds.", replay: "--only \(bug)"))
      }
    }
    #else
    outcome.notes.append("Build with COMMONTHREAD_PLANTED=1 in the environment to plant bugs.")
    outcome.violations.append(ProofViolation(sentence: "No bug is planted here.", replay: ""))
    #endif
    return outcome
  }
}
