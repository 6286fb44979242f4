import HTTP
import HTTPClient

/// How every send of a round ended, beside what the provider has seen of it.
struct TransportEnds {
  let plans: [TransportPlan]
  let exchanges: [Exchange]
  let ledger: LoopbackProvider.Ledger

  /// What did not hold, a sentence each.
  var violations: [String] {
    guard exchanges.count == plans.count else { return ["A send was never told how it ended."] }
    return plans.indices.compactMap { number in
      violation(of: exchanges[number], received: ledger.received[number], number: number)
        .map { "Send \(number) \($0); \(circumstances(of: number))." }
    }
  }

  /// What was planned and how it ended, for people.
  private func circumstances(of number: Int) -> String {
    let end =
      switch exchanges[number] {
      case .answered(let response): "answered \(response.status)"
      case .failed(let failure): "\(failure.kind), code \(failure.code)"
      }
    let plan = plans[number]
    return "\(plan.bodyBytes) bytes to \(plan.receiver), \(plan.deed), "
      + "\(plan.patienceMilliseconds) ms: \(end)"
  }

  private func violation(of exchange: Exchange, received: Int, number: Int) -> String? {
    guard received <= 1 else { return "was received whole \(received) times" }
    switch exchange {
    case .answered(let response):
      guard received == 1 else { return "was answered and never received" }
      guard response.status != 201 || response.body.elementsEqual("\(number)".utf8) else {
        return "got the answer of another"
      }
      return nil
    case .failed(let failure):
      guard failure.kind != .neverSent || received == 0 else {
        return "was called never sent and was received whole"
      }
      return nil
    }
  }
}

/// The rounds together.
struct TransportSum {
  private(set) var ledger = LoopbackProvider.Ledger(received: [])
  private var received = 0
  private var answered = 0
  private var failed: [Exchange.Kind: Int] = [:]

  /// Adds a round.
  mutating func add(_ round: TransportEnds) {
    ledger.connections += round.ledger.connections
    ledger.hangUpsOnReuse += round.ledger.hangUpsOnReuse
    received += round.ledger.received.reduce(0, +)
    for exchange in round.exchanges {
      switch exchange {
      case .answered: answered += 1
      case .failed(let failure): failed[failure.kind, default: 0] += 1
      }
    }
  }

  /// What it all came to, in words.
  var notes: [String] {
    [
      "\(answered) answered, \(failed[.broken] ?? 0) broken, \(failed[.timedOut] ?? 0) timed out, "
        + "\(failed[.neverSent] ?? 0) never sent; \(received) received whole",
      "\(ledger.connections) connections; \(ledger.hangUpsOnReuse) hung up on after they had "
        + "been used before",
    ]
  }
}
