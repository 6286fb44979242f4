import Messaging
import Store
import Testing

@testable import Gateway

@Suite struct DangerTests {
  static let duty = [
    Address(scheme: .tel, value: "+447700900002"), Address(scheme: .tel, value: "+447700900003"),
  ]

  @Test func `words of danger are answered with 999 and alarm every duty phone`() throws {
    let world = try GatewayWorld(alarmPhones: Self.duty)
    try world.exchange("fire door")
    let answers = try world.exchange("the kitchen is on fire")
    #expect(answers.count == 1)
    #expect(answers.first?.hasPrefix("Call 999 now.") == true)
    let alarms = world.handsets.filter { Self.duty.contains($0.to) }
    #expect(alarms.map(\.to) == Self.duty)
    #expect(alarms.allSatisfy { $0.text.contains("the kitchen is on fire") })
    #expect(alarms.allSatisfy { $0.text.contains("+447700900123") })
    #expect(try world.cases() == [.danger])
    // It was no answer to the question, which is asked again.
    #expect(try world.database.read { try $0.answers(of: GatewayWorld.resident) }.isEmpty)
  }

  @Test func `danger in the night, after STOP, is answered and alarms all the same`() throws {
    let night = try #require(Instant(iso8601: "2026-11-29T03:00:00Z"))
    let world = try GatewayWorld(now: night, alarmPhones: Self.duty)
    try world.exchange("STOP")
    #expect(try world.exchange("gas leak").first?.contains("999") == true)
    #expect(world.handsets.filter { Self.duty.contains($0.to) }.count == 2)
  }

  @Test func `who repeats the danger opens cases, and alarms again after five minutes`() throws {
    let world = try GatewayWorld(alarmPhones: Self.duty)
    for _ in 0..<3 { try world.exchange("gas leak") }
    #expect(world.handsets.filter { $0.to == Self.duty[0] }.count == 1)
    #expect(try world.cases() == [.danger, .danger, .danger])
    try world.advance(.minutes(6))
    try world.exchange("gas leak")
    #expect(world.handsets.filter { $0.to == Self.duty[0] }.count == 2)
  }

  @Test func `danger of two people alarms twice`() throws {
    let world = try GatewayWorld(alarmPhones: Self.duty)
    try world.exchange("gas leak")
    try world.exchange("gas leak", from: Address(scheme: .tel, value: "+447700900124"))
    #expect(world.handsets.filter { $0.to == Self.duty[1] }.count == 2)
  }
}
