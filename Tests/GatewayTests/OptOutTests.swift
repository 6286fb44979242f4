import Channels
import HTTP
import Messaging
import Store
import Testing

@testable import Gateway

@Suite struct OptOutTests {
  static let phone = Address(scheme: .tel, value: "+447700900125")

  @Test func `a START that came before a STOP does not lift it`() throws {
    let world = try GatewayWorld()
    try world.text("STOP")
    try world.handle()
    try world.text("START")
    try world.text("STOP")
    try world.handle()
    #expect(try world.optOut() != nil)
    try world.send()
    // The welcome answers a text that came before the STOP.
    #expect(world.handsets.isEmpty)
    #expect(try world.outbox().map(\.state) == ["suppressed"])
  }

  @Test(arguments: ["START", "unstop", " Start! "])
  func `START after STOP lifts it`(words: String) throws {
    let world = try GatewayWorld()
    try world.text("STOP")
    try world.text(words)
    try world.handle()
    #expect(try world.optOut() == nil)
    #expect(try world.send().count == 1)
  }

  @Test(arguments: ["yes", "FIRE DOOR", "DRILL", "hello", "HELP", "1"])
  func `nothing but START lifts a STOP`(words: String) throws {
    let world = try GatewayWorld()
    try world.exchange("STOP")
    try world.exchange(words)
    #expect(try world.optOut() != nil)
  }

  @Test func `a provider that confirms STOP itself is not joined by us`() throws {
    let world = try GatewayWorld()
    #expect(try world.exchange("STOP").isEmpty)
    #expect(try world.outbox().isEmpty)
  }

  @Test(arguments: ["STOPIWCH", "koniec!", "stop stop"])
  func `a word that the provider does not answer is confirmed by us`(word: String) throws {
    let world = try GatewayWorld()
    try world.text(word)
    try world.handle()
    try world.send()
    #expect(world.handsets.count == 1)
  }

  @Test func `STOP is confirmed once in a day, whatever comes between`() throws {
    let world = try GatewayWorld()
    func confirmations() throws -> Int {
      try world.outbox().filter { $0.purpose == "stopConfirmation" && $0.state == "accepted" }.count
    }
    for words in ["STOP", "STOP", "START", "STOP", "hello", "STOP"] {
      try world.textPhone(words, from: Self.phone)
      try world.handle()
      try world.send()
      try world.advance(.minutes(1))
    }
    #expect(try confirmations() == 1)
    try world.advance(.hours(23))
    try world.textPhone("STOP", from: Self.phone)
    try world.handle()
    try world.send()
    #expect(try confirmations() == 1)
    try world.advance(.hours(2))
    try world.textPhone("STOP", from: Self.phone)
    try world.handle()
    try world.send()
    #expect(try confirmations() == 2)
  }

  @Test(arguments: [
    (MessageClass.engagement, "suppressed"), (.service, "suppressed"), (.promotional, "suppressed"),
    (.safety, "accepted"),
  ])
  func `what was queued before a STOP is stopped, but for safety`(
    messageClass: MessageClass, state: String
  ) throws {
    for priority in [OutboundRecord.Priority.unprompted, .bulk] {
      let world = try GatewayWorld()
      _ = try world.desk.send(
        "News", to: GatewayWorld.resident, messageClass: messageClass, priority: priority)
      try world.text("STOP")
      // The handler has not even run.
      try world.send()
      #expect(try world.outbox().map(\.state) == [state])
    }
  }

  @Test func `a network's block stops safety texts too`() throws {
    let world = try GatewayWorld()
    _ = try world.desk.send("The alarm", to: GatewayWorld.resident, messageClass: .safety)
    try world.text("STOP", more: [("OptOutType", "STOP")])
    try world.send()
    #expect(try world.outbox().map(\.state) == ["suppressed"])
  }

  @Test func `an answer to what was texted before the STOP does not go, one to a later text does`()
    throws
  {
    let world = try GatewayWorld()
    try world.text("fire door")
    try world.handle()
    try world.text("STOP")
    try world.handle()
    try world.text("drill")
    try world.handle()
    try world.send()
    #expect(world.handsets.map(\.text).count == 1)
    #expect(world.handsets.first?.text.contains("Friday at 11") == true)
    #expect(try world.outbox().map(\.state) == ["suppressed", "accepted"])
  }

  @Test func `STOP overtakes two thousand messages that wait`() throws {
    let world = try GatewayWorld()
    let people = (100..<600).map { Address(scheme: .tel, value: "+447700900\($0)") }
    for round in 0..<4 {
      _ = try world.desk.send(
        people.map { ($0, "Vote \(round)") }, messageClass: .engagement, priority: .bulk)
    }
    for person in people.dropFirst(250) { try world.text("STOP", from: person) }
    try world.send(rounds: 10_000)
    #expect(Set(world.handsets.map(\.to)) == Set(people.prefix(250)))
    #expect(world.handsets.count == 1000)
    #expect(try world.outbox().filter { $0.state == "suppressed" }.count == 1000)
  }

  @Test func `a list counts those who have opted out, and START before their turn lets it go`()
    throws
  {
    let world = try GatewayWorld()
    let people = (100..<103).map { Address(scheme: .tel, value: "+447700900\($0)") }
    for person in people.dropFirst() { try world.text("STOP", from: person) }
    try world.handle()
    let queued = try world.desk.send(
      people.map { ($0, "News") }, messageClass: .service, priority: .bulk)
    #expect(queued.ids.count == 3)
    #expect(queued.parts == 3)
    #expect(queued.optedOut == 2)
    try world.text("START", from: people[1])
    try world.handle()
    try world.send(rounds: 20)
    #expect(Set(world.handsets.filter { $0.text == "News" }.map(\.to)) == Set(people.prefix(2)))
  }

  @Test func `a block that the provider reports when we send is recorded`() throws {
    let world = try GatewayWorld()
    _ = try world.desk.send("News", to: GatewayWorld.resident)
    try world.send(.error(status: 400, code: 21610))
    let optOut = try #require(try world.optOut())
    #expect(optOut.isCarrier)
    #expect(try world.outbox().map(\.state) == ["refused"])
    #expect(throws: Desk.Refusal.self) {
      try world.desk.send("More news", to: GatewayWorld.resident)
    }
  }

  @Test func `a block that a receipt reports is recorded`() throws {
    let world = try GatewayWorld()
    _ = try world.desk.send("News", to: GatewayWorld.resident)
    let attempt = try #require(try world.send().first)
    try world.receipt("undelivered", sid: GatewayWorld.sid(of: attempt), code: "21610")
    try world.handle()
    #expect(try world.optOut()?.isCarrier == true)
  }

  @Test func `a STOP ends an open poll, and its timers say nothing`() throws {
    let world = try GatewayWorld()
    try world.exchange("fire door")
    try world.exchange("STOP")
    let before = world.handsets.count
    for _ in 0..<7 {
      try world.advance(.hours(24))
      try world.handle()
      try world.send()
    }
    #expect(world.handsets.count == before)
    #expect(try world.timers().isEmpty)
  }
}

extension GatewayWorld {
  /// A person texts us on the built-in phone, which confirms no STOP by itself.
  func textPhone(_ words: String, from sender: Address) throws {
    textCount += 1
    let body = JSON.object([
      .init("id", .string("S\(textCount)")), .init("from", .string(sender.value)),
      .init("text", .string(words)),
    ])
    let reply = receiver.receive(
      HTTPRequest(
        method: "POST", url: "/hooks/phone",
        headers: [HTTPHeader("Content-Type", "application/json")], body: body.serialized())
    ).reply
    guard reply.status == 204 else { throw Desk.Refusal(description: "\(reply.status)") }
  }
}
