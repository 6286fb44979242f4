import Messaging
import Support
import Testing

@testable import Engine

@Suite struct HostileTests {
  @Test func `random bytes are no lane and do no harm`() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<10_000 {
      let count = Int.random(in: 0...200, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      if let lane = Lane(decoding: bytes) { #expect(Lane(decoding: lane.encoded()) == lane) }
      if let lane = Lane(decoding: [1] + bytes) { #expect(Lane(decoding: lane.encoded()) == lane) }
    }
  }

  @Test func `mutated lanes are refused or run without harm`() throws {
    var play = try Play(
      ("door-check.txt", Fixtures.doorCheck), ("golden-thread.txt", Fixtures.goldenThread))
    for words in ["FIRE DOOR", "SAFETY", "purple", "LANG"] { _ = try play.text(words) }
    let good = play.lane.encoded()
    var random = SplitMix64(seed: 2)
    var kept = 0
    for _ in 0..<10_000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      guard let lane = Lane(decoding: bytes) else { continue }
      kept += 1
      let events: [LaneEvent] = [
        .message(text: "2", choice: nil), .message(text: "back", choice: nil),
        .timer(.noAnswer, question: lane.openQuestion ?? 1),
        .timer(.remind, question: lane.openQuestion ?? 1), .caseClosed,
      ]
      let event = events[kept % events.count]
      guard case .finished(let after, let effects) = play.library.turn(lane, event, play.context)
      else { continue }
      #expect(Lane(decoding: after.encoded()) == after)
      if case .message = event { #expect(!effects.isEmpty) }
    }
    #expect(kept > 100)
  }

  @Test(arguments: [Int64.min, -(1 << 54), 1 << 54, .max])
  func `a lane with a time that nobody can reckon with is none`(milliseconds: Int64) {
    var lane = Lane()
    lane.lastSent = Instant(milliseconds: milliseconds)
    #expect(Lane(decoding: lane.encoded()) == nil)
    lane.lastSent = nil
    lane.open = Session()
    lane.open?.askedAt = Instant(milliseconds: milliseconds)
    #expect(Lane(decoding: lane.encoded()) == nil)
  }

  @Test func `random bytes are read as a conversation without harm`() throws {
    let vocabulary = try #require(Fixtures.vocabulary)
    var random = SplitMix64(seed: 3)
    for _ in 0..<10_000 {
      let count = Int.random(in: 0...300, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let (program, findings) = ProgramReader.read(
        file: "a.txt", text: String(decoding: bytes, as: UTF8.self), hash: "",
        vocabulary: vocabulary)
      #expect(program == nil)
      #expect(!findings.isEmpty)
    }
  }

  @Test func `mutated conversations are read without harm, and run when they are good`() throws {
    var random = SplitMix64(seed: 4)
    let lines = [Fixtures.doorCheck, Fixtures.goldenThread].map {
      $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    let vocabulary = try #require(Fixtures.vocabulary)
    for round in 0..<500 {
      var text = lines[round % 2]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: text.indices, using: &random)
        let other = text[Int.random(in: text.indices, using: &random)]
        switch Int.random(in: 0...4, using: &random) {
        case 0: text.remove(at: place)
        case 1: text.insert(other, at: place)
        case 2: text[place] = "  " + text[place]
        case 3: text[place] = String(text[place].dropLast(Int.random(in: 0...9, using: &random)))
        default: text[place] = String(text[place].shuffled(using: &random))
        }
      }
      let (program, findings) = ProgramReader.read(
        file: "a.txt", text: text.joined(separator: "\n"), hash: "", vocabulary: vocabulary)
      #expect((program == nil) == findings.contains(where: \.isError))
      guard let program else { continue }
      let exploration = Exploration(program)
      #expect(!exploration.states.isEmpty)
      let summary = PathSummary(of: exploration, language: 0, texts: try texts())
      #expect(summary.paths > 0)
      #expect(summary.parts >= summary.messages)
    }
  }

  private func texts() throws -> EngineTexts {
    try #require(EngineTexts.load(engine: Fixtures.sharedFiles[1]).0)
  }

  @Test(arguments: [
    "nan", "inf", "-inf", "1e308", "-1e308", "0x1p1023", "0.1", "9223372036854775807",
  ])
  func `conditions and sums with numbers that are hardly any are explored`(number: String) {
    let text = Fixtures.conversation(
      """
      step a
        set count to count + \(number)
        ask mood (number 1 to 9):
          How was it?
          not understood 9 times -> b
          no answer after 1 day -> b
        when count is at least \(number) and mood is at most \(number) -> b
        when floor is one of \(number), 3 -> b
        otherwise -> a

      step b
        end
      """)
    let report = Fixtures.check([("a.txt", text)])
    #expect(report.conversations.count == 1)
  }

  @Test func `deep, long and unclosed things are read in good time`() throws {
    let vocabulary = try #require(Fixtures.vocabulary)
    let deep = (0..<500).map { String(repeating: " ", count: $0) + "say: a" }
    let hard = [
      deep.joined(separator: "\n"), String(repeating: "{", count: 200_000),
      String(repeating: "say:", count: 50_000), String(repeating: "\"", count: 200_000),
      "step a\n  when " + String(repeating: "a is b and ", count: 10_000) + "c is d -> a",
      "step a\n  say: " + String(repeating: "{a or ", count: 30_000),
      "step a\n  ask b:\n" + String(repeating: "    - a: b (also c, d) -> a\n", count: 4000),
      String(repeating: "\n", count: 250_000), String(repeating: "step a\n", count: 30_000),
      String(repeating: "\u{301}", count: 100_000),
    ]
    let clock = ContinuousClock()
    for text in hard {
      let spent = clock.measure {
        let (program, _) = ProgramReader.read(
          file: "a.txt", text: text, hash: "", vocabulary: vocabulary)
        #expect(program == nil)
      }
      #expect(spent < .seconds(10), "\(text.prefix(40))")
    }
  }

  @Test(arguments: 0..<8)
  func `whatever happens in any order, a lane stays whole`(seed: UInt64) throws {
    var play = try Play(Fixtures.door, Fixtures.golden, Fixtures.trial)
    var random = SplitMix64(seed: seed)
    for _ in 0..<400 {
      let event = Self.event(on: play.lane, &random)
      play.context.now = play.context.now + .minutes(Int.random(in: 0...90, using: &random))
      play.context.channel = Bool.random(using: &random) ? "sms" : "whatsapp"
      let arrivals: [TurnContext.QuestionArrival] = [.arrived, .arrived, .unknown, .refused]
      play.context.question = arrivals[Int.random(in: 0...3, using: &random)]
      let effects = try play.turn(event)
      if effects.contains(.optOut) { play.context.isOptedOut = true }
      if effects.contains(.optIn) { play.context.isOptedOut = false }
      if case .message = event { #expect(!effects.isEmpty, "\(event)") }
      let asked = effects.sent.compactMap(\.question)
      #expect(asked.count <= 1, "\(event)")
      if let asked = asked.first { #expect(play.lane.openQuestion == asked, "\(event)") }
      #expect(play.lane.aside.count <= Lane.asideLimit)
      #expect(effects.sent.allSatisfy { !$0.text.isEmpty && !$0.text.contains("{") })
      if play.context.isOptedOut, case .timer = event {
        #expect(effects.sent.allSatisfy { $0.messageClass == .safety })
      }
    }
  }

  private static func event(on lane: Lane, _ random: inout SplitMix64) -> LaneEvent {
    let words = [
      "yes", "no", "2", "STOP", "help", "back", "skip", "lang", "more", "person", "FIRE DOOR",
      "SAFETY", "PAP", "TRY a bench", "TRY", "on fire", "start", "wrong number", "", "not sure",
      "worried", "1", "?", "GOLDAN", "my boiler is dead again",
    ]
    switch Int.random(in: 0...19, using: &random) {
    case 0: return .caseClosed
    case 1: return .optOut
    case 2: return .optIn
    case 3...5:
      let id = ["door-check", "golden-thread", "trial"][Int.random(in: 0...2, using: &random)]
      return .start(conversation: id, step: nil)
    case 6...8:
      let kind = TimerKind.allCases[Int.random(in: 0...2, using: &random)]
      return .timer(kind, question: lane.openQuestion ?? 1)
    default:
      return .message(text: words[Int.random(in: words.indices, using: &random)], choice: nil)
    }
  }
}
