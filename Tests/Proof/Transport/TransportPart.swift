import Foundation
import Glibc
import HTTP
import HTTPClient
import Support
import Synchronization

/// The real client, on kept connections, against a provider that does its worst.
enum TransportPart {
  static let part = ProofPart(
    name: "transport",
    proves: "a request is never sent twice, and one that is called never sent was not",
    run: run)

  /// Sends of a round: a client, a provider, and the end of both.
  private static let sendsPerRound = 1_000
  /// Threads that send at the same time.
  private static let senders = 16

  /// Runs the rounds; the count is of sends, and `--only` names the seed of the one round to repeat.
  ///
  /// The plans come from the seed alone. Which send finds which connection is the machine's doing,
  /// so a round that is repeated does the same to each send but not in the same order.
  private static func run(_ order: ProofOrder) throws -> ProofOutcome {
    let sends = order.count ?? (order.size == .ci ? 30_000 : 3_000_000)
    let rounds = order.only == nil ? max(1, sends / sendsPerRound) : 1
    guard let first = order.only.map({ UInt64($0) }) ?? order.seed else {
      throw ProofViolation(sentence: "--only takes the seed of a round.", replay: "")
    }
    var outcome = ProofOutcome(unit: "sends")
    var sum = TransportSum()
    for round in 0..<UInt64(rounds) where outcome.violations.count < order.violationLimit {
      let seed = first &+ round
      let ends = try self.round(seed: seed)
      outcome.tries += ends.exchanges.count
      outcome.violations += ends.violations.prefix(order.violationLimit).map {
        ProofViolation(sentence: $0, replay: "--only \(seed)")
      }
      sum.add(ends)
    }
    outcome.notes = sum.notes
    if sum.ledger.hangUpsOnReuse == 0 {
      outcome.violations.append(
        ProofViolation(sentence: "No used connection was hung up on.", replay: ""))
    }
    return outcome
  }

  /// Sends everything that the seed plans, from many threads over one client, which is stopped
  /// shortly before the last.
  private static func round(seed: UInt64) throws -> TransportEnds {
    var random = SplitMix64(seed: seed)
    let plans = (0..<sendsPerRound).map { _ in TransportPlan(&random) }
    let lastBeforeStop = sendsPerRound - random.below(3 * senders)
    let provider = try LoopbackProvider(plans: plans)
    let nobody = try LoopbackProvider.silentPort()
    defer { close(nobody.descriptor) }
    var settings = WebClient.Settings()
    settings.connectionLimit = 4 + random.below(senders)
    let client = try WebClient(settings: settings)
    let exchanges = Mutex([Exchange?](repeating: nil, count: plans.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: senders) { _ in
      while case let number = next.add(1, ordering: .relaxed).oldValue, number < plans.count {
        if number == lastBeforeStop { client.stop(within: .milliseconds(2)) }
        let plan = plans[number]
        let request = request(number, plan, port: provider.port, silentPort: nobody.port)
        let exchange = client.perform(request, timeout: .milliseconds(plan.patienceMilliseconds))
        exchanges.withLock { $0[number] = exchange }
      }
    }
    client.stop(within: .zero)
    return TransportEnds(
      plans: plans, exchanges: exchanges.withLock { $0.compactMap(\.self) },
      ledger: provider.stop())
  }

  private static func request(
    _ number: Int, _ plan: TransportPlan, port: Int, silentPort: Int
  ) -> HTTPRequest {
    let place =
      switch plan.receiver {
      case .provider: "http://127.0.0.1:\(port)"
      case .nobody: "http://127.0.0.1:\(silentPort)"
      case .providerByTLS: "https://127.0.0.1:\(port)"
      }
    return HTTPRequest(
      method: "POST", url: "\(place)/send/\(number)",
      body: [UInt8](repeating: UInt8(ascii: "x"), count: plan.bodyBytes))
  }
}
