import Engagement
import Messaging
import SQLite
import Store
import Support
import Testing

@testable import Gateway

@Suite struct PropertyTests {
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `whatever happens in whatever order, the promises hold`(seed: UInt64) throws {
    let play = try RandomPlay(seed: seed)
    for _ in 0..<1500 { try play.step() }
    try play.comeToRest()
  }
}

/// People, staff, a provider and a machine that do things in random order.
private final class RandomPlay {
  private let world: GatewayWorld
  private var chance: SplitMix64
  private var steps = 0
  private var underWay: [Attempt] = []
  private var arrived: [Attempt] = []
  private var ranks: [RecordID: Int] = [:]
  private let people = (0..<5).map { Address(scheme: .tel, value: "+44770090060\($0)") }
  private static let words = [
    "fire door", "yes", "no", "2", "stays open", "4", "hm", "STOP", "START", "drill", "on fire",
    "help", "person", "please stop texting me", "more", "",
  ]

  init(seed: UInt64) throws {
    chance = SplitMix64(seed: seed)
    world = try GatewayWorld(
      isOnFile: true, seed: seed &* 31,
      channels: [
        ("main", GatewayWorld.twilio(number: "+447700900001", partsPerSecond: 4, inFlight: 6))
      ], alarmPhones: [Address(scheme: .tel, value: "+447700900002")])
  }

  func step() throws {
    switch Int.random(in: 0..<100, using: &chance) {
    case 0..<18: try text()
    case 18..<22: try world.text("again", sid: GatewayWorld.sid("SM", 1 + world.textCount / 2))
    case 22..<34: try staffSend()
    case 34..<36: try world.start("fire-door", with: person())
    case 36..<54: _ = try world.handler.step(limit: Int.random(in: 1...8, using: &chance))
    case 54..<70: try claim()
    case 70..<86: try settleOne()
    case 86..<92: try receipt()
    case 92..<98: try world.advance(.seconds(Int.random(in: 0...5400, using: &chance)))
    default: try restart()
    }
    steps += 1
    if steps.isMultiple(of: 10) { try check() }
  }

  private func person() -> Address { people[Int.random(in: people.indices, using: &chance)] }

  private func text() throws {
    let words = Self.words[Int.random(in: Self.words.indices, using: &chance)]
    let isBlocked = words == "STOP" && Bool.random(using: &chance)
    let status = try world.text(
      words, from: person(), more: isBlocked ? [("OptOutType", "STOP")] : [])
    #expect(status == 200)
  }

  private func staffSend() throws {
    let classes = MessageClass.allCases
    let priority = Bool.random(using: &chance) ? OutboundRecord.Priority.bulk : .unprompted
    do {
      _ = try world.desk.send(
        "News \(world.machine.now.milliseconds)", to: person(),
        messageClass: classes[Int.random(in: classes.indices, using: &chance)], priority: priority)
    } catch is Desk.Refusal {}
  }

  private func claim() throws {
    let attempts = try world.dispatcher.claim()
    for attempt in attempts { try checkClaim(attempt) }
    underWay += attempts
  }

  /// No claim after STOP but the exceptions; none outside the hours but answers and safety.
  private func checkClaim(_ attempt: Attempt) throws {
    let row = try world.database.read { reader in
      try reader.first(
        """
        SELECT o.class, o.cause, p.sequence, p.carrier, o.expires_ms, o.purpose FROM outbox AS o
        LEFT JOIN optouts AS p ON p.address = o.address WHERE o.id = ?
        """, attempt.id
      ) { row in
        (
          isSafety: row.text(0) == "safety", cause: row.optionalInteger(1) ?? -1,
          optOut: row.optionalInteger(2), isCarrier: row.flag(3), expires: row.instant(4),
          isConfirmation: row.text(5) == "stopConfirmation"
        )
      }
    }
    guard let row else {
      Issue.record("what was claimed is not there")
      return
    }
    if let optOut = row.optOut {
      #expect(
        row.cause > optOut || (row.isSafety && !row.isCarrier)
          || (row.isConfirmation && row.cause == optOut))
    }
    #expect(world.machine.now < row.expires)
    #expect(
      attempt.priority == .reply || row.isSafety
        || world.settings.hours.isOpen(at: world.machine.now))
  }

  private func settleOne() throws {
    guard !underWay.isEmpty else { return }
    let attempt = underWay.remove(at: Int.random(in: underWay.indices, using: &chance))
    let answers: [Provider.Answer] = [
      .taken, .taken, .taken, .taken, .neverSent, .timedOut(arrives: true),
      .timedOut(arrives: false), .broken(arrives: true), .broken(arrives: false),
      .error(status: 400, code: 21211), .error(status: 400, code: 21610),
      .error(status: 401, code: 20003), .error(status: 429, code: 20429),
      .error(status: 503, code: 20503), .error(status: 500, code: 20500),
      .garbage(status: 200, body: "<html>"),
    ]
    let answer = answers[Int.random(in: answers.indices, using: &chance)]
    if answer.arrives { arrived.append(attempt) }
    try world.dispatcher.settle([world.end(attempt, with: answer)])
  }

  private func receipt() throws {
    guard !arrived.isEmpty else { return }
    let attempt = arrived[Int.random(in: arrived.indices, using: &chance)]
    let statuses = ["queued", "sent", "delivered", "undelivered", "failed", "read"]
    try world.receipt(
      statuses[Int.random(in: statuses.indices, using: &chance)],
      sid: GatewayWorld.sid(of: attempt),
      reference: Bool.random(using: &chance) ? GatewayWorld.reference(of: attempt) : nil)
  }

  /// The process dies; some of what was under way has reached the provider.
  private func restart() throws {
    for attempt in underWay where Bool.random(using: &chance) {
      _ = world.end(attempt, with: .taken)
      arrived.append(attempt)
    }
    underWay = []
    try world.restart()
  }

  private func check() throws {
    #expect(Set(world.handsets.map(\.id)).count == world.handsets.count)
    let crowded = try world.count(
      """
      SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'claimed'
        GROUP BY channel, address HAVING count(*) > 1)
      """)
    #expect(crowded == 0)
    for message in try world.outbox() {
      let rank = message.status.flatMap(DeliveryStatus.init(rawValue:))?.rank ?? -1
      #expect(rank >= ranks[message.id] ?? -1)
      ranks[message.id] = rank
    }
  }

  /// All that was broken is mended; two days later nothing waits any more.
  func comeToRest() throws {
    for attempt in underWay { try world.dispatcher.settle([world.end(attempt, with: .taken)]) }
    underWay = []
    for _ in 0..<(4 * 24) {
      try world.advance(.hours(1))
      try world.handle()
      for _ in 0..<5 {
        try world.send()
        world.machine.advance(.seconds(2))
      }
    }
    try check()
    #expect(try world.count("SELECT count(*) FROM events") == 0)
    #expect(try world.count("SELECT count(*) FROM inbound WHERE status <> 'handled'") == 0)
    #expect(
      try world.count("SELECT count(*) FROM outbox WHERE state IN ('queued', 'claimed')") == 0)
    #expect(try !world.cases().contains(.parked))
    // Nobody got more automatic replies in a day than they may, and what they got was theirs.
    let most = try world.count(
      """
      SELECT max(n) FROM (SELECT count(*) AS n FROM outbox AS a JOIN outbox AS b
        ON b.address = a.address AND b.cause IS NOT NULL AND b.purpose <> 'danger'
          AND b.at_ms BETWEEN a.at_ms - 86400000 + 1 AND a.at_ms
        WHERE a.cause IS NOT NULL AND a.purpose <> 'danger' GROUP BY a.id)
      """)
    #expect(most <= 60)
  }
}
