import Engagement
import Engine
import Messaging
import Store
import Testing

@testable import Gateway

/// Conversations that change while residents wait in them.
@Suite struct LibraryShelfTests {
  private static let old = ["fire-door": Conversations.fireDoor]
  private static let edited = [
    "fire-door": Conversations.fireDoor.replacing("Which floor", with: "What floor")
  ]
  private static let stepGone = [
    "fire-door": Conversations.fireDoor
      .replacing("step report", with: "step floor").replacing("-> report", with: "-> floor")
  ]

  /// A world in which a resident was asked for the floor, with new texts in place of the old.
  ///
  /// `keepsOld` for the usual publication, which keeps the version that sessions began with.
  private func world(_ texts: [String: String], keepsOld: Bool) throws -> GatewayWorld {
    let first = try Conversations.library(Self.old)
    let world = try GatewayWorld(library: first)
    try world.exchange("fire door")
    #expect(try world.exchange("no") == ["Thank you. Which floor do you live on?"])
    let hash = try #require(first.program("fire-door")?.hash)
    let source = try #require(first.source(ofHash: hash))
    let next = try #require(try Conversations.library(texts).adding(pinned: source))
    world.shelf.replace(with: keepsOld ? next : next.withdrawing(hash: hash))
    return world
  }

  @Test func `an edited conversation leaves those who wait in the old one there`() throws {
    let world = try world(Self.edited, keepsOld: true)
    #expect(try world.exchange("purple").last?.contains("Which floor") == true)
    #expect(try world.exchange("4") == ["Thank you, that is all."])
    try world.exchange("fire door")
    #expect(try world.exchange("no").last?.contains("What floor") == true)
  }

  @Test func `a step that is gone still serves those who wait in it`() throws {
    let world = try world(Self.stepGone, keepsOld: true)
    #expect(try world.exchange("4") == ["Thank you, that is all."])
    #expect(try world.cases() == [.report])
  }

  @Test func `a version that is withdrawn moves those who wait to the step of the same name`()
    throws
  {
    let world = try world(Self.edited, keepsOld: false)
    let sent = try world.exchange("4")
    #expect(sent.count == 1)
    #expect(sent.first?.contains("What floor do you live on?") == true)
    #expect(try world.exchange("4") == ["Thank you, that is all."])
  }

  @Test func `where that step is gone too, they are told so and a person takes over`() throws {
    let world = try world(Self.stepGone, keepsOld: false)
    let sent = try world.exchange("4")
    #expect(sent == [world.shelf.library.texts.text(.withdrawn, language: "en")])
    #expect(try world.cases().contains(.handover))
  }

  @Test func `the silence of a question in a version that is withdrawn ends as it would have`()
    throws
  {
    let world = try world(Self.edited, keepsOld: false)
    let before = world.handsets.count
    for _ in 0..<(8 * 24) {
      try world.advance(.hours(1))
      try world.handle()
      try world.send()
    }
    #expect(try world.timers().isEmpty)
    #expect(world.handsets.count <= before + 1)
  }

  @Test func `a wait obeys the sending hours and outlives a restart`() throws {
    let tips = """
      conversation: Tips
      owner: Resident Safety Team
      start when they text: TIPS
      start from: resident
      languages: en
      answers: named
      forget after: 4 days

      step tips
        say: First tip.
        wait 12 hours
        say: Second tip.
        end
      """
    let world = try GatewayWorld(
      library: try Conversations.library(["tips": tips]), isOnFile: true)
    #expect(try world.exchange("tips") == ["Elm Homes: First tip."])
    let due = try #require(try world.timers()["wait"])
    #expect(!world.settings.hours.isOpen(at: due))
    let opening = try #require(world.settings.hours.nextOpening(from: due))
    try world.restart()
    while world.machine.now < opening {
      #expect(world.handsets.count == 1)
      try world.advance(.minutes(30))
      try world.handle()
      try world.send()
    }
    #expect(world.handsets.map(\.text).last == "Elm Homes: Second tip.")
    #expect(world.handsets.count == 2)
    #expect(try world.timers().isEmpty)
  }
}
