import Messaging
import Store
import Testing

@testable import Gateway

@Suite struct LoopTests {
  @Test
  func `two machines that answer each other for a day cost sixty texts and one person's look`()
    throws
  {
    let world = try GatewayWorld()
    for number in 0..<(24 * 20) {
      try world.exchange("I am out of the office \(number)")
      try world.advance(.minutes(3))
    }
    #expect(world.handsets.count <= 60)
    #expect(world.handsets.count > 5)
    let caps = try world.cases().filter { $0 == .cap }
    #expect((1...24).contains(caps.count))
  }

  @Test func `an echo of our own 999 answer does not go round for ever`() throws {
    let world = try GatewayWorld()
    var echo = "I smell gas"
    for _ in 0..<(24 * 60) {
      if let answer = try world.exchange(echo).last { echo = answer }
      try world.advance(.minutes(1))
    }
    #expect(world.handsets.count <= 60)
    #expect(world.handsets.count >= 3)
  }

  @Test func `whoever used up all replies is still told to call 999`() throws {
    let world = try GatewayWorld()
    for number in 0..<70 {
      try world.exchange("hello \(number)")
      try world.advance(.minutes(3))
    }
    try world.advance(.minutes(3))
    let count = world.handsets.count
    #expect(try world.exchange("help the house is on fire").first?.contains("999") == true)
    #expect(world.handsets.count == count + 1)
  }

  @Test func `a conversation that moves on is not held back`() throws {
    let world = try GatewayWorld()
    for _ in 0..<8 {
      #expect(try world.exchange("fire door").count == 1)
      #expect(try world.exchange("stays open").count == 1)
      #expect(try world.exchange("3").count == 1)
      try world.advance(.minutes(4))
    }
    #expect(try world.cases().filter { $0 == .cap }.isEmpty)
  }

  @Test func `a question that a limit held back does not keep the session open for ever`() throws {
    let world = try GatewayWorld()
    for _ in 0..<5 { try world.exchange("fire door") }
    #expect(world.handsets.count == 3)
    #expect(try world.cases() == [.cap])
    #expect(try world.timers().keys.contains("forget"))
    try world.advance(.hours(97))
    try world.handle()
    let lane = try world.database.write(.bulk, "look") { try $0.lane(of: GatewayWorld.resident) }
    #expect(lane?.question == nil)
    #expect(try world.timers().isEmpty)
  }

  @Test(arguments: [
    Address(scheme: .tel, value: "60777"), Address(scheme: .name, value: "ElmHomes"),
    Address(scheme: .tel, value: "+447700900001"), Address(scheme: .tel, value: "+447700900009"),
  ])
  func `nobody who cannot read an answer gets one by itself`(sender: Address) throws {
    let world = try GatewayWorld()
    for words in ["fire door", "hello", "on fire", "STOP", "START", "HELP"] {
      try world.text(words, from: sender)
      try world.handle()
    }
    #expect(try world.outbox(to: sender).isEmpty)
    let kinds = try world.cases()
    #expect(kinds.filter { $0 == .cap }.count == 1)
    #expect(kinds.contains(.danger))
  }

  @Test func `a flood is stored and not acted on, and staff are told once`() throws {
    let world = try GatewayWorld()
    for number in 0..<45 { try world.text("hello \(number)") }
    try world.handle()
    #expect(try world.outbox().isEmpty)
    #expect(try world.count("SELECT count(*) FROM inbound") == 45)
    #expect(try world.cases() == [.flood])
    try world.advance(.minutes(2))
    #expect(try world.exchange("fire door").count == 1)
  }

  @Test func `thirty texts in a minute are no flood`() throws {
    let world = try GatewayWorld()
    for _ in 0..<30 { try world.text("fire door") }
    try world.handle()
    #expect(try !world.outbox().isEmpty)
    #expect(try !world.cases().contains(.flood))
  }

  @Test func `a STOP within a flood counts`() throws {
    let world = try GatewayWorld()
    for number in 0..<45 { try world.text("hello \(number)") }
    try world.text("STOP")
    try world.handle()
    #expect(try world.optOut() != nil)
  }
}
