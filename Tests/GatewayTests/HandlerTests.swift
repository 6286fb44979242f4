import Messaging
import Store
import Testing

@testable import Gateway

@Suite struct HandlerTests {
  @Test func `a conversation goes from the first text to the last answer`() throws {
    let world = try GatewayWorld()
    let question = "Does your front door shut by itself? 1 Yes 2 No"
    #expect(try world.exchange("fire door") == ["Elm Homes: \(question)"])
    #expect(try world.exchange("purple").first?.contains(question) == true)
    #expect(
      try world.exchange("It stays open") == ["Thank you. Which floor do you live on?"])
    #expect(try world.exchange("4") == ["Thank you, that is all."])
    let answers = try world.database.read { try $0.answers(of: GatewayWorld.resident) }
    #expect(answers.map(\.name) == ["door", "level"])
    #expect(answers.map(\.value) == ["no", "4"])
    #expect(answers.map(\.raw) == ["It stays open", "4"])
    #expect(try world.cases() == [.report])
    #expect(try world.timers().isEmpty)
    #expect(try world.outbox().allSatisfy { $0.state == "accepted" })
    #expect(try world.count("SELECT count(*) FROM inbound WHERE status = 'handled'") == 4)
    #expect(try world.count("SELECT count(*) FROM events") == 0)
  }

  @Test func `the texts of one person are handled in the order of their commits`() throws {
    let world = try GatewayWorld()
    let other = Address(scheme: .tel, value: "+447700900124")
    for (sender, words) in [
      (GatewayWorld.resident, "fire door"), (other, "fire door"), (GatewayWorld.resident, "no"),
      (other, "yes"), (GatewayWorld.resident, "7"),
    ] {
      try world.text(words, from: sender)
    }
    try world.handle()
    let answers = try world.database.read { try $0.answers(of: GatewayWorld.resident) }
    #expect(answers.map(\.value) == ["no", "7"])
    #expect(try world.database.read { try $0.answers(of: other) }.map(\.value) == ["yes"])
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `answers made in one instant go out in the order of the texts`(seed: UInt64) throws {
    let world = try GatewayWorld(seed: seed)
    for words in ["fire door", "no", "7", "drill"] { try world.text(words) }
    try world.handle()
    try world.send()
    let beginnings = ["Elm Homes: Does", "Thank you. Which", "Thank you, that", "The fire alarms"]
    let inOrder = zip(world.handsets, beginnings).allSatisfy { $0.text.contains($1) }
    #expect(inOrder && world.handsets.count == 4)
  }

  @Test func `what cannot be handled three times goes to staff, and the lane goes on`() throws {
    let world = try GatewayWorld()
    try world.text("fire door")
    try world.database.write(.bulk, "corrupt") {
      _ = try $0.run("UPDATE inbound SET sender = 'nonsense'")
    }
    try world.text("drill")
    let other = Address(scheme: .tel, value: "+447700900124")
    try world.text("fire door", from: other)
    #expect(try world.handler.step() == 3)
    // The other person is served at once; the lane waits for its first text.
    #expect(try world.outbox().map(\.address) == [other])
    #expect(try world.handler.step() == 2)
    #expect(try world.cases().isEmpty)
    try world.handle()
    #expect(try world.cases() == [.parked])
    #expect(try world.count("SELECT count(*) FROM inbound WHERE status = 'parked'") == 1)
    #expect(
      try world.outbox(to: GatewayWorld.resident).map(\.text).last?.contains("Friday") == true)
    #expect(try world.count("SELECT count(*) FROM events") == 0)
  }

  @Test func `a failed try leaves nothing behind`() throws {
    let world = try GatewayWorld()
    try world.text("fire door")
    try world.database.write(.bulk, "corrupt") {
      // The answer cannot be stored, which shows only when the turn is nearly over.
      try $0.execute(
        """
        CREATE TRIGGER broken BEFORE INSERT ON lanes
        BEGIN SELECT raise(ABORT, 'the lane cannot be stored'); END
        """)
    }
    _ = try world.handler.step()
    #expect(try world.outbox().isEmpty)
    #expect(try world.count("SELECT count(*) FROM inbound WHERE status = 'received'") == 1)
    try world.database.write(.bulk, "mend") { try $0.execute("DROP TRIGGER broken") }
    try world.handle()
    #expect(try world.outbox().count == 1)
    #expect(try world.cases().isEmpty)
  }

  @Test func `a text on a channel that is gone reaches staff`() throws {
    let world = try GatewayWorld()
    try world.text("fire door")
    try world.database.write(.bulk, "corrupt") {
      _ = try $0.run("UPDATE events SET channel = 'gone', lane = 'email:a@b.example'")
    }
    try world.handle()
    #expect(try world.cases() == [.parked])
    #expect(try world.count("SELECT count(*) FROM inbound WHERE status = 'parked'") == 1)
  }

  @Test func `a picture opens a case, with words or without`() throws {
    let world = try GatewayWorld()
    let picture = [
      ("NumMedia", "1"), ("MediaUrl0", "https://m.example/1"), ("MediaContentType0", "image/png"),
    ]
    try world.text("fire door", more: picture)
    try world.handle()
    #expect(try world.cases() == [.inbox])
    #expect(try world.outbox().count == 1)
  }

  @Test func `nothing that a person texts is without a trace for staff or an answer`() throws {
    let world = try GatewayWorld()
    for (number, words) in ["wibble", "", "STOP", "more", "skip", "?", "👍"].enumerated() {
      let sender = Address(scheme: .tel, value: "+4477009003\(10 + number)")
      try world.text(words, from: sender)
      try world.handle()
      let isAnswered = try !world.outbox(to: sender).isEmpty
      let isStop = try world.optOut(of: sender) != nil
      let isShown = try world.database.read { try $0.openCases(limit: 100) }
        .contains { $0.address == sender }
      #expect(isAnswered || isStop || isShown, "\(words)")
    }
  }
}

@Suite struct HandlerRecoveryTests {
  @Test func `a text that brings the process down three times is given to staff`() throws {
    let world = try GatewayWorld(isOnFile: true)
    try world.text("fire door")
    try world.text("drill")
    for _ in 0..<3 {
      // The process dies within the handling: what it counted before stays.
      world.faults.fail(at: 3)
      #expect(throws: (any Error).self) { try world.restart() }
    }
    world.faults.forget()
    try world.restart()
    try world.handle()
    #expect(try world.cases() == [.parked])
    #expect(try world.outbox().map(\.text).contains { $0.contains("Friday") })
  }

  @Test func `what waited at the start is handled, in order`() throws {
    let world = try GatewayWorld(isOnFile: true)
    for words in ["fire door", "no", "3"] { try world.text(words) }
    try world.restart()
    let answers = try world.database.read { try $0.answers(of: GatewayWorld.resident) }
    #expect(answers.map(\.value) == ["no", "3"])
    #expect(try world.count("SELECT count(*) FROM events") == 0)
  }

  @Test func `a text that fails by itself at the start is tried three times in all`() throws {
    let world = try GatewayWorld(isOnFile: true)
    try world.text("fire door")
    let sequence = try world.count("SELECT max(sequence) FROM events")
    try world.database.write(.bulk, "corrupt") {
      try $0.execute(
        """
        CREATE TABLE tries (n INTEGER);
        CREATE TRIGGER broken BEFORE INSERT ON lanes
        BEGIN SELECT raise(ABORT, 'the lane cannot be stored'); END
        """)
    }
    try world.restart()
    #expect(sequence == 1)
    #expect(try world.count("SELECT attempts FROM events") == 1)
    #expect(try world.handler.step() == 1)
    #expect(try world.handler.step() == 1)
    #expect(try world.cases().isEmpty)
    try world.handle()
    #expect(try world.cases() == [.parked])
  }
}
