import Messaging
import Store
import Testing

@testable import Gateway

@Suite struct SchedulerTests {
  private func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

  @Test func `timers run from the acceptance of the question, not from its making`() throws {
    let world = try GatewayWorld()
    try world.text("fire door")
    try world.handle()
    #expect(try world.timers().isEmpty)
    try world.send(.neverSent)
    try world.advance(.minutes(1))
    #expect(try world.timers().isEmpty)
    try world.send()
    let accepted = world.machine.now
    #expect(
      try world.timers() == [
        "remind": accepted + .hours(24), "noAnswer": accepted + .hours(72),
        "forget": accepted + .hours(96),
      ])
  }

  @Test func `the reminder goes out once, then the session ends without a word`() throws {
    let world = try GatewayWorld()
    try world.exchange("fire door")
    for _ in 0..<(8 * 24) {
      try world.advance(.hours(1))
      try world.handle()
      try world.send()
    }
    #expect(
      world.handsets.map(\.text).dropFirst() == [
        "Elm Homes: Quick reminder. Does your front door shut by itself? 1 Yes 2 No"
      ])
    #expect(try world.timers().isEmpty)
    #expect(try world.count("SELECT count(*) FROM events") == 0)
    let state = try world.database.write(.bulk, "look") { try $0.lane(of: GatewayWorld.resident) }
    #expect(state?.question == nil)
  }

  @Test func `an answer takes the timers of its question with it`() throws {
    let world = try GatewayWorld()
    try world.exchange("fire door")
    try world.advance(.hours(2))
    try world.exchange("stays open")
    #expect(try world.timers().keys.sorted() == ["forget", "noAnswer"])
    try world.exchange("3")
    #expect(try world.timers().isEmpty)
  }

  @Test func `a timer that fires beside the answer does nothing`() throws {
    let world = try GatewayWorld()
    try world.exchange("fire door")
    try world.advance(.hours(23))
    try world.text("yes")
    // The timer's event stands behind the answer.
    try world.advance(.hours(2))
    try world.handle()
    try world.send()
    #expect(world.handsets.last?.text.contains("Thank you, that is all.") == true)
    #expect(world.handsets.count == 2)
  }

  struct Waiting: Sendable, CustomTestStringConvertible {
    let asked: String
    let reminded: String

    var testDescription: String { "asked \(asked), reminded \(reminded)" }
  }

  @Test(arguments: [
    Waiting(asked: "2026-11-24T10:00:00Z", reminded: "2026-11-25T10:00:00Z"),
    // At 23:00 it waits for the morning.
    Waiting(asked: "2026-11-24T23:00:00Z", reminded: "2026-11-26T09:00:00Z"),
    // Saturday evening and Sunday wait for Monday.
    Waiting(asked: "2026-11-27T20:30:00Z", reminded: "2026-11-30T09:00:00Z"),
    // Boxing Day is a Saturday, so that the Monday is kept in its place.
    Waiting(asked: "2026-12-26T12:00:00Z", reminded: "2026-12-29T09:00:00Z"),
    // In summer nine o'clock is eight in UTC; Good Friday to Easter Monday 2027.
    Waiting(asked: "2026-07-01T21:00:00Z", reminded: "2026-07-03T08:00:00Z"),
    Waiting(asked: "2027-03-25T15:00:00Z", reminded: "2027-03-27T09:00:00Z"),
  ])
  func `a reminder waits for the sending hours`(waiting: Waiting) throws {
    let world = try GatewayWorld(now: try at(waiting.asked))
    try world.exchange("fire door")
    var reminded: Instant?
    for _ in 0..<(4 * 24 * 2) where reminded == nil {
      try world.advance(.minutes(30))
      try world.handle()
      try world.send()
      if world.handsets.count > 1 { reminded = world.machine.now }
    }
    #expect(reminded == (try at(waiting.reminded)))
  }

  @Test func `the end of a session does not wait for the sending hours`() throws {
    // Asked on Sunday at 01:00; four days later it is one in the morning again.
    let world = try GatewayWorld(now: try at("2026-11-22T01:00:00Z"))
    try world.exchange("fire door")
    try world.advance(.hours(96))
    try world.handle()
    let lane = try world.database.write(.bulk, "look") { try $0.lane(of: GatewayWorld.resident) }
    #expect(lane?.question == nil)
    #expect(try world.count("SELECT count(*) FROM timers WHERE kind = 'forget'") == 0)
    try world.send()
    #expect(world.handsets.count == 1)
  }

  @Test func `of an unsent question only the end of the session is timed`() throws {
    let world = try GatewayWorld()
    try world.text("fire door")
    try world.handle()
    try world.send(.error(status: 400, code: 21617))
    #expect(try world.timers().keys.sorted() == ["forget"])
  }

  @Test func `thousands of timers that come due together all fire once`() throws {
    let world = try GatewayWorld()
    let now = world.machine.now
    try world.database.write(.bulk, "timers") { transaction in
      for number in 0..<450 {
        let digits = String(number)
        let person = Address(
          scheme: .tel,
          value: "+447700900" + String(repeating: "0", count: 3 - digits.count) + digits)
        try transaction.setTimer(DueTimer(for: person, question: 1, kind: "remind", due: now))
      }
    }
    try world.advance(.zero)
    #expect(try world.count("SELECT count(*) FROM events") == 450)
    #expect(try world.count("SELECT count(*) FROM timers") == 0)
  }

  @Test func `a message for the hours waits through the weekend and is not lost`() throws {
    // Saturday evening, after hours.
    let world = try GatewayWorld(now: try at("2026-11-28T20:30:00Z"))
    _ = try world.desk.send("The lift is mended.", to: GatewayWorld.resident)
    try world.start("fire-door", with: Address(scheme: .tel, value: "+447700900124"))
    try world.handle()
    try world.send()
    #expect(world.handsets.isEmpty)
    #expect(try world.outbox().map(\.state) == ["queued", "queued"])
    // Up to Monday, 08:59.
    for _ in 0..<11 {
      try world.advance(.minutes(199))
      try world.send()
    }
    #expect(world.handsets.isEmpty)
    try world.advance(.minutes(1))
    try world.send()
    #expect(world.handsets.count == 2)
  }

  @Test func `a safety message does not wait behind one that waits for the hours`() throws {
    let world = try GatewayWorld(now: try at("2026-11-28T20:30:00Z"))
    _ = try world.desk.send("A survey", to: GatewayWorld.resident, messageClass: .engagement)
    try world.send()
    _ = try world.desk.send("Leave now", to: GatewayWorld.resident, messageClass: .safety)
    try world.send()
    #expect(world.handsets.map(\.text) == ["Leave now"])
  }

  @Test func `what comes too late is not sent`() throws {
    let world = try GatewayWorld()
    _ = try world.desk.send("The lift is mended.", to: GatewayWorld.resident)
    try world.advance(.hours(24))
    try world.send()
    #expect(world.handsets.isEmpty)
    #expect(try world.outbox().map(\.state) == ["expired"])
  }

  @Test func `a reminder that waits for the hours leaves as much time to answer as ever`() throws {
    let world = try GatewayWorld(now: try at("2026-11-24T21:00:00Z"))
    try world.exchange("fire door")
    try world.advance(.hours(24))
    #expect(
      try world.timers() == [
        "remind": try at("2026-11-26T09:00:00Z"), "noAnswer": try at("2026-11-28T09:00:00Z"),
        "forget": try at("2026-11-28T21:00:00Z"),
      ])
  }
}
