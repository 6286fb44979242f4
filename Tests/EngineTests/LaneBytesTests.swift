import Messaging
import Support
import Testing

@testable import Engine

@Suite struct LaneBytesTests {
  /// A lane that holds something of everything.
  private static var full: Lane {
    var session = Session()
    session.conversation = "outer"
    session.hash = "abc"
    session.stepName = "start"
    session.values = [Session.Value(name: "door", text: "no")]
    session.question = 3
    session.history = [Session.Place(step: 1, statement: 2, part: 3)]
    session.poll = "p1"
    session.pollQuestion = 1
    session.hidden = 5
    session.callers = [
      Session.Frame(
        conversation: "a", hash: "h", step: 1, stepName: "b", statement: 2,
        values: [Session.Value(name: "x", text: "ÿ")],
        history: [Session.Place(step: 0, statement: 0)])
    ]
    var sleeper = session
    sleeper.question = 4
    sleeper.wakesAt = ExampleRunner.start
    var lane = Lane()
    lane.open = session
    lane.aside = [session]
    lane.asleep = [sleeper, sleeper]
    lane.voted = VotedQuestion(
      poll: "p1", question: 1, conversation: "vote", hash: "h", step: 2, stepName: "vote",
      statement: 0)
    lane.questionCount = 4
    return lane
  }

  @Test func `a lane is read back as it was`() {
    let lane = Self.full
    #expect(Lane(decoding: lane.encoded()) == lane)
    #expect(lane.timedQuestions == [3, 4, 4])
    #expect(Set(lane.hashesInUse) == ["abc", "h"])
    #expect(Set(lane.pollsInUse) == ["p1"])
  }

  @Test func `a lane of the layout before this is still read`() throws {
    // Version 1: an open session at step 1 with one value, a place in its history, no flags.
    var writer = ByteWriter()
    writer.write(1)
    writer.write(flags: [true, false, false, false, false])
    for text in ["fire-door", "abc"] { writer.write(text) }
    writer.write(1)
    writer.write("report")
    writer.write(0)
    writer.write(["door"]) {
      $0.write($1)
      $0.write("no")
    }
    writer.write(0)
    writer.write(2)
    writer.write(Int(ExampleRunner.start.milliseconds))
    writer.write(flags: [false, false, true])
    writer.write([0]) {
      $0.write($1)
      $0.write($1)
    }
    writer.write(0)
    for _ in 0..<3 { writer.write("") }
    writer.write(2)
    let lane = try #require(Lane(decoding: writer.bytes))
    #expect(lane.openQuestion == 2)
    #expect(lane.open?.stepName == "report")
    #expect(lane.open?.history == [Session.Place(step: 0, statement: 0)])
    #expect(lane.asleep.isEmpty)
    #expect(lane.voted == nil)
  }

  @Test func `bytes that were changed give another lane or none, and never a trap`() {
    var random = SplitMix64(seed: 7)
    let good = Self.full.encoded()
    for _ in 0..<10_000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      if Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      guard let lane = Lane(decoding: bytes) else { continue }
      #expect(Lane(decoding: lane.encoded()) == lane)
    }
  }

  @Test func `a lane that something happened to by hostile bytes still takes turns`() throws {
    let library = try Fixtures.library([Fixtures.door, Fixtures.trial])
    var random = SplitMix64(seed: 8)
    let good = Self.full.encoded()
    let context = TurnContext(now: ExampleRunner.start, channel: "sms")
    for _ in 0..<500 {
      var bytes = good
      for _ in 0..<2 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      guard let lane = Lane(decoding: bytes) else { continue }
      for event in [
        .message(text: "2", choice: nil), .timer(.wait, question: 4), .caseClosed,
        .message(text: "SKIP", choice: nil),
      ] as [LaneEvent] {
        guard case .finished(let after, _) = library.turn(lane, event, context) else { continue }
        #expect(Lane(decoding: after.encoded()) == after)
      }
    }
  }
}
