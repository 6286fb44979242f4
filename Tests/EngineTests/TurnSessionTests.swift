import Messaging
import Testing

@testable import Engine

@Suite struct TurnSessionTests {
  let door = Fixtures.door
  let golden = Fixtures.golden
  let trial = Fixtures.trial

  @Test func `a keyword sets the open session aside and it is asked again afterwards`() throws {
    var play = try Play(door, golden)
    _ = try play.text("FIRE DOOR")
    _ = try play.text("SAFETY")
    #expect(play.lane.openConversation == "golden-thread")
    #expect(try play.turn(.timer(.noAnswer, question: 1)) == [])
    let sent = try play.text("2").sent
    #expect(sent.count == 1)
    #expect(sent.first?.text.contains("Here is our question again. Does your flat's") == true)
    #expect(sent.first?.question == 3)
    #expect(play.lane.openConversation == "door-check")
  }

  @Test func `words after a keyword answer the first question`() throws {
    var play = try Play(trial)
    let effects = try play.text("TRY a bench by the door")
    #expect(
      effects.first
        == .record(
          RecordedAnswer(
            conversation: "trial", name: "idea", value: "a bench by the door",
            raw: "a bench by the door")))
    #expect(effects.sent.map(\.text) == ["Elm Homes: Which floor?"])
    #expect(try play.text("three").sent.map(\.text) == ["Thank you for a bench by the door."])
  }

  @Test func `words after a keyword that fit nothing are read by staff`() throws {
    var play = try Play(golden)
    let effects = try play.text("SAFETY purple")
    #expect(effects.first == .staffInbox(.extraWords))
    #expect(effects.sent.count == 1)
    play = try Play(golden)
    #expect(try play.text("PAP the bins").first == .staffInbox(.extraWords))
  }

  @Test func `a keyword as free words is asked about`() throws {
    var play = try Play(trial, door)
    _ = try play.text("TRY")
    #expect(try play.text("FIRE DOOR").sent.first?.text.contains("1 FIRE DOOR 2 My answer") == true)
    #expect(try play.text("2").sent.map(\.text) == ["Which floor?"])
    _ = try play.text("BACK")
    _ = try play.text("FIRE DOOR")
    #expect(try play.text("1").sent.first?.text.contains("shut by itself") == true)
    #expect(play.lane.aside.map(\.conversation) == ["trial"])
  }

  @Test func `a near miss of a keyword is asked about, never taken`() throws {
    var play = try Play(golden)
    #expect(try play.text("GOLDAN").sent.map(\.purpose) == [.notice])
    #expect(play.lane.openConversation == nil)
    #expect(try play.text("yes").sent.first?.text.contains("golden thread") == true)
  }

  @Test func `a session keeps its version and moves when that is withdrawn`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    let hash = try #require(play.lane.hashesInUse.first)
    let source = try #require(play.library.source(ofHash: hash))
    let changed = Fixtures.doorCheck
      .replacing("Does your flat's front door", with: "Does the door of your flat")
      .prefix { _ in true }
    let text = String(changed).components(before: "example ")
    var next = try Play(("door-check.txt", text))
    next.lane = play.lane
    let effects = try next.text("1")
    #expect(effects.sent.first?.text.contains("Does the door of your flat shut") == true)
    let both = try #require(next.library.adding(pinned: source))
    guard
      case .finished(_, let pinned) = both.turn(
        play.lane, .message(text: "1", choice: nil), play.context)
    else { return }
    #expect(pinned.sent.map(\.text) == ["Thank you, that is all."])
  }

  @Test func `a session whose conversation is gone reaches a person`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    var next = try Play(golden)
    next.lane = play.lane
    let effects = try next.text("1")
    #expect(effects.sent.first?.text.contains("Sorry, we have changed our questions") == true)
    #expect(next.lane.isHandedOver)
    next.lane = play.lane
    #expect(try next.text("STOP").first == .optOut)
  }

  @Test func `a start by staff waits for the open question unless it is about safety`() throws {
    var play = try Play(door, golden, trial)
    _ = try play.text("FIRE DOOR")
    #expect(try play.turn(.start(conversation: "trial", step: nil)) == [])
    #expect(try play.turn(.start(conversation: "golden-thread", step: "menu")).sent.count == 1)
    _ = try play.text("2")
    let sent = try play.text("yes").sent
    #expect(sent.map(\.purpose) == [.progress, .unprompted])
    #expect(sent.last?.text == "What is your idea?")
  }
}

extension String {
  /// What stands before the first `mark`.
  fileprivate func components(before mark: String) -> String {
    firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
  }
}
