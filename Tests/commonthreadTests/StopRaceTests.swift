import Dispatch
import Foundation
import Glibc
import Support
import Synchronization
import Testing

extension ProcessTests {
  /// T7, P10: people text STOP while a broadcast to them and many others is being sent.
  @Suite struct StopRaceTests {
    /// On Twilio's SMS numbers Twilio confirms a STOP; on WhatsApp we do, once.
    @Test(arguments: [Landlord.account, Landlord.whatsAppAccount])
    func `nothing begins to go to somebody whose STOP was acknowledged`(
      account: TwilioAccount
    )
      throws
    {
      let seed = SplitMix64.chosenSeed
      let replay: Comment = "COMMONTHREAD_SEED=\(seed) replays this"
      let twilio = try TwilioDouble(account)
      let landlord = try Landlord(
        .init(account: account, apiURL: twilio.apiURL, partsPerSecond: 500, inFlight: 50))
      let queuing = try queue(RunSize.broadcast, in: landlord, account)
      let order = try landlord.messages().map { account.number(of: $0.address) }
      try #require(Set(order).count == RunSize.broadcast)

      let stops = StoppingPeople(order, seed: seed, at: twilio)
      let listener = try ListenSocket()
      twilio.connect(to: listener.port)
      let serve = try RunningServe(landlord, .init(listener: listener))
      let acknowledged = stops.run()
      #expect(acknowledged.count == RunSize.broadcast / 20, replay)
      var log: [LogLine] = []
      #expect(
        try eventually(within: .seconds(30 + RunSize.broadcast / 100)) {
          guard serve.metrics()["commonthread_events_waiting"] == 0 else { return false }
          guard twilio.callbacksUnderWay == 0 else { return false }
          log = try landlord.messages().filter(\.isOutbound)
          let reported = twilio.reportedDelivered
          return log.allSatisfy {
            $0.status == "suppressed" || $0.showsWhatWasReported(reported)
          }
        }, replay)
      let race = StopRace(order, acknowledged, log: log, twilio.deliveries, account)
      let unreported = log.count { !["delivered", "suppressed"].contains($0.status) }
      #expect(unreported <= log.count / 100, replay)
      #expect(race.wrong == [], replay)
      #expect(race.late.allSatisfy { $0 < .seconds(5) }, replay)
      #expect(race.heldBack > 0, replay)
      #expect(twilio.refusals == [], replay)
      #expect(serve.terminate() == 0, replay)
      let last = race.late.max().map { " (the last came \($0.milliseconds) ms after)" } ?? ""
      proven(
        "\(acknowledged.count) STOPs while \(order.count) messages went by \(account.kind), queued in "
          + "\(queuing.milliseconds) ms, seed \(seed): \(race.before) had theirs before, "
          + "\(race.heldBack) were held back, \(race.late.count) were on the wire\(last), none "
          + "began to go after it; confirmations of ours: \(race.confirmations).")
    }

    /// Queues a message to each of so many people from a file; how long that took.
    private func queue(
      _ count: Int, in landlord: Landlord, _ account: TwilioAccount
    ) throws -> Duration {
      let numbers = (0..<count).map { account.address(of: TextingResidents.number($0)) }
      try landlord.write("Number\n" + numbers.joined(separator: "\n"), to: "list.csv")
      let began = ContinuousClock.now
      let run = try CommandRun(
        "send", "--file", landlord.folder + "/list.csv", StopRace.words, of: landlord)
      #expect(run.status == 0)
      #expect(run.out.hasPrefix("\(count) messages"))
      return ContinuousClock.now - began
    }
  }
}

/// People who text STOP each when so many of all messages have gone, one after the other on each of
/// some threads.
private final class StoppingPeople: Sendable {
  private let plan: [(person: String, after: Int)]
  private let twilio: TwilioDouble
  private let acknowledged = Mutex<[String: ContinuousClock.Instant]>([:])

  /// Draws a twentieth of the people, in the order that messages go to them: every other one is among
  /// those whose turn is near, the others are anybody.
  init(_ order: [String], seed: UInt64, at twilio: TwilioDouble) {
    self.twilio = twilio
    var random = SplitMix64(seed: seed, for: "stops")
    var left = Set(order)
    var plan: [(person: String, after: Int)] = []
    while plan.count < order.count / 20 {
      let after = Int.random(in: 0..<(order.count * 9 / 10), using: &random)
      let near = min(order.count - 1, max(0, after + Int.random(in: 0...300, using: &random)))
      let place = plan.count % 2 == 0 ? near : Int.random(in: order.indices, using: &random)
      guard left.remove(order[place]) != nil else { continue }
      plan.append((order[place], after))
    }
    self.plan = plan.sorted { $0.after < $1.after }
  }

  /// Lets all of them text, and returns when each STOP was acknowledged.
  func run() -> [String: ContinuousClock.Instant] {
    let threads = 8
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for index in stride(from: thread, to: plan.count, by: threads) { text(plan[index], index) }
    }
    return acknowledged.withLock { $0 }
  }

  private func text(_ stop: (person: String, after: Int), _ index: Int) {
    _ = eventually(within: .seconds(90)) { twilio.deliveryCount >= stop.after }
    let sid = TwilioDouble.sid(0x570_0000_0000 + UInt64(index))
    let status = try? twilio.receive(from: stop.person, body: "STOP", sid: sid)
    let now = ContinuousClock.now
    if status == 200 { acknowledged.withLock { $0[stop.person] = now } }
  }
}

/// What a broadcast and the STOPs to it came to.
private struct StopRace {
  static let words = "The water is off on Tuesday from 9 to 11."

  /// What is against the promise: each is empty when it is kept.
  private(set) var wrong: [String] = []
  /// How long after the acknowledgement each message came that was on the wire.
  private(set) var late: [Duration] = []
  /// How many had their message before their STOP was acknowledged.
  private(set) var before = 0
  /// How many never got their message.
  private(set) var heldBack = 0
  /// How many confirmations came.
  private(set) var confirmations = 0

  init(
    _ order: [String], _ acknowledged: [String: ContinuousClock.Instant], log: [LogLine],
    _ deliveries: [TwilioDouble.Delivery], _ account: TwilioAccount
  ) {
    let got = Dictionary(grouping: deliveries, by: \.to)
    let suppressed = Set(
      log.filter { $0.status == "suppressed" }.map { account.number(of: $0.address) })
    for person in order {
      let mine = got[person] ?? []
      let broadcast = mine.filter { $0.body == Self.words }
      let isHeldBack = suppressed.contains(person)
      guard let stop = acknowledged[person] else {
        if mine.count != 1 || broadcast.count != 1 || isHeldBack {
          wrong.append("\(mine.count) messages without a STOP")
        }
        continue
      }
      if broadcast.count != (isHeldBack ? 0 : 1) { wrong.append("\(broadcast.count) with a STOP") }
      if mine.count - broadcast.count != account.confirmations { wrong.append("confirmation") }
      heldBack += isHeldBack ? 1 : 0
      confirmations += mine.count - broadcast.count
      for message in broadcast {
        if message.at < stop { before += 1 } else { late.append(message.at - stop) }
      }
    }
    if got.count > order.count { wrong.append("somebody else got one") }
  }
}

extension TwilioAccount: CustomTestStringConvertible {
  private var isWhatsApp: Bool { number.hasPrefix("whatsapp:") }

  fileprivate var kind: String { isWhatsApp ? "WhatsApp" : "SMS" }

  /// How many confirmations of a STOP are ours to send.
  fileprivate var confirmations: Int { isWhatsApp ? 1 : 0 }

  /// The address of a number, as our lists and log write it.
  fileprivate func address(of number: String) -> String {
    isWhatsApp ? "whatsapp:" + number.dropFirst() : "tel:" + number
  }

  /// The number of an address, as the provider writes it.
  fileprivate func number(of address: String) -> String {
    isWhatsApp
      ? "whatsapp:+" + address.dropFirst("whatsapp:".count)
      : String(address.dropFirst("tel:".count))
  }

  var testDescription: String { kind }
}
