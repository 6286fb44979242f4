/// Makes a run that fails as small as it can be and still fails.
struct Shrinking {
  let landlord: SimulatedLandlord

  /// The smallest plan found: fewer faults, fewer days, fewer residents, as long as it fails.
  func smallest(of plan: SimulationPlan) throws -> SimulationPlan {
    var best = plan
    var hasShrunk = true
    while hasShrunk {
      hasShrunk = false
      for smaller in candidates(of: best) where try fails(smaller) {
        best = smaller
        hasShrunk = true
        break
      }
    }
    return best
  }

  private func fails(_ plan: SimulationPlan) throws -> Bool {
    let run = try Simulation(plan, landlord: landlord)
    run.run()
    return run.violation != nil
  }

  private func candidates(of plan: SimulationPlan) -> [SimulationPlan] {
    var found: [SimulationPlan] = []
    func add(_ change: (inout SimulationPlan) -> Void) {
      var smaller = plan
      change(&smaller)
      found.append(smaller)
    }
    let bits = (0..<SimulatedFault.allCases.count).map { UInt64(1) << UInt64($0) }
      .filter { plan.faults.mask & $0 != 0 }
    if bits.count > 1 {
      let half = bits.prefix(bits.count / 2).reduce(0, |)
      add { $0.faults.keep(half) }
      add { $0.faults.keep(plan.faults.mask & ~half) }
    }
    if plan.days > 1 { add { $0.days /= 2 } }
    if plan.residents > 1 { add { $0.residents /= 2 } }
    for bit in bits { add { $0.faults.keep(plan.faults.mask & ~bit) } }
    return found
  }
}
