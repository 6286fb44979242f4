import Engine
import Messaging
import Store
import Testing

@testable import Gateway

@Suite struct EventTurnsTests {
  private static let lane = GatewayWorld.resident.text

  private func put(_ event: EventRecord, into world: GatewayWorld) throws {
    try world.database.write(.bulk, "event") { _ = try $0.add(event) }
  }

  /// Events that our own code does not make, such as a newer version's, or of what is gone.
  @Test(
    arguments: [
      ("a timer without its kind", .timer, nil, 1, nil),
      ("a timer of another kind", .timer, "lunch", 1, nil),
      ("a timer without its question", .timer, "remind", nil, nil),
      ("a start of nothing", .start, nil, nil, nil),
      ("a receipt without a provider's id", .receipt, nil, nil, "delivered\n\n"),
      ("a receipt without its words", .receipt, "SM1", nil, nil),
      ("a receipt with half its words", .receipt, "SM1", nil, "delivered"),
      ("a receipt of an unknown status", .receipt, "SM1", nil, "eaten\n\n"),
      ("a message that is not there", .message, nil, nil, nil),
      ("a message of an unknown id", .message, "x", nil, nil),
    ] as [(String, EventRecord.Kind, String?, Int?, String?)])
  func `an event without what it is about is over at once, and does nothing`(
    name: String, kind: EventRecord.Kind, subject: String?, number: Int?, detail: String?
  ) throws {
    let world = try GatewayWorld()
    let inbound = subject == "x" ? RecordID(high: 1, low: 1) : nil
    try put(
      EventRecord(
        lane: kind == .receipt ? "" : Self.lane, kind: kind, channel: "main", inbound: inbound,
        subject: subject, number: number, detail: detail, at: world.machine.now),
      into: world)
    try world.handle()
    #expect(try world.count("SELECT count(*) FROM events") == 0)
    #expect(try world.outbox().isEmpty && world.cases().isEmpty)
  }

  @Test func `what is about no address at all is given to staff`() throws {
    let world = try GatewayWorld()
    try put(
      EventRecord(
        lane: "nonsense", kind: .start, channel: "", subject: "drill", at: world.machine.now),
      into: world)
    try world.handle()
    #expect(try world.cases() == [.parked])
    #expect(try world.outbox().isEmpty)
  }

  @Test func `a conversation goes on when staff have closed the case`() throws {
    let world = try GatewayWorld()
    for words in ["fire door", "purple", "mauve", "lilac"] { try world.exchange(words) }
    #expect(try world.cases().contains(.handover))
    try put(
      EventRecord(lane: Self.lane, kind: .caseClosed, channel: "", at: world.machine.now),
      into: world)
    try world.handle()
    #expect(try world.count("SELECT count(*) FROM events") == 0)
    #expect(try world.exchange("fire door").first?.contains("Does your front door") == true)
  }

  /// Somebody's first name and language are used where one person has the number; where several
  /// share it, only the building that all of them live in.
  @Test(
    arguments: [
      (["Ann"], ["Elm House"], "Hello Ann of Elm House."),
      (["Ann", "Bob"], ["Elm House"], "Hello you of Elm House."),
      (["Ann", "Bob"], ["Elm House", "Oak House"], "Hello you of your building."),
    ] as [([String], [String], String)])
  func `people are called what the landlord's record is sure of`(
    names: [String], buildings: [String], greeting: String
  ) throws {
    let world = try GatewayWorld(library: try Conversations.library(["greet": Self.greet]))
    try world.database.write(.bulk, "residents") { transaction in
      for (number, name) in names.enumerated() {
        try transaction.add(
          ResidentRecord(
            id: RecordID(high: 1, low: UInt64(number)), firstName: name, language: "en",
            building: buildings[number % buildings.count], home: nil, floor: nil),
          addresses: [GatewayWorld.resident])
      }
    }
    #expect(try world.exchange("greet").first?.hasSuffix(greeting) == true)
  }

  private static let greet = """
    conversation: Greeting
    format: 1
    owner: Resident Safety Team
    purpose: Greets people.
    class: service
    start when they text: GREET
    start from: resident
    languages: en
    answers: named
    forget after: 2 days

    step hello
      say: Hello {first name or "you"} of {building or "your building"}.
      end
    """
}
