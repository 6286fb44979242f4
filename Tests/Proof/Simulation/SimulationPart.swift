/// The seeded simulation of the whole gateway.
enum SimulationPart {
  static let part = ProofPart(
    name: "simulate", proves: "nothing acknowledged is lost and nobody is texted twice, whatever fails",
    run: run)

  private static func run(_ order: ProofOrder) throws -> ProofOutcome {
    let landlord = try SimulatedLandlord()
    var outcome = ProofOutcome(unit: "seeds")
    var counts = SimulationCounts()
    var days = 0
    let clock = ContinuousClock()
    let start = clock.now
    var plans: [SimulationPlan] = []
    if let only = order.only, let plan = SimulationPlan(replay: only) {
      plans = [plan]
    } else {
      plans = (0..<UInt64(order.count ?? 100)).map { SimulationPlan(seed: order.seed + $0) }
    }
    for plan in plans {
      let run = try Simulation(plan, landlord: landlord, keeping: order.only == nil ? 0 : 400)
      run.run()
      outcome.tries += 1
      days += plan.days
      counts.add(run.counts)
      if let violation = run.violation {
        if order.only != nil { outcome.notes += run.trace.lines.suffix(400) }
        outcome.violations.append(ProofViolation(sentence: violation, replay: plan.replay))
        if outcome.violations.count >= order.violationLimit { break }
      }
    }
    let seconds = (clock.now - start) / .seconds(1)
    outcome.notes.append(
      "\(days) days, \(counts.messages) messages (\(counts.inbound) in, \(counts.outbound) out), "
        + "\(counts.receipts) receipts, \(counts.commits) commits, \(counts.crashes) crashes, "
        + "\(counts.powerCuts) power cuts, \(counts.unknown) unknown; "
        + "\(Int(Double(counts.messages) / seconds)) messages/s, "
        + "\(Int(Double(counts.happenings) / seconds)) events/s")
    return outcome
  }
}

extension SimulationCounts {
  /// Adds the counts of another run.
  mutating func add(_ other: SimulationCounts) {
    happenings += other.happenings
    inbound += other.inbound
    outbound += other.outbound
    receipts += other.receipts
    crashes += other.crashes
    powerCuts += other.powerCuts
    commits += other.commits
    unknown += other.unknown
    claims += other.claims
  }
}
