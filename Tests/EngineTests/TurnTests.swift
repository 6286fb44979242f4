import Messaging
import Testing

@testable import Engine

/// A lane with a library and a clock, for tests that look at effects.
struct Play {
  let library: Library
  var lane = Lane()
  var context = TurnContext(
    now: ExampleRunner.start, channel: "sms", values: ExampleRunner.values)

  init(_ files: (name: String, text: String)...) throws {
    library = try Fixtures.library(files)
  }

  /// Takes a turn, storing and restoring the lane, and gives its effects.
  mutating func turn(_ event: LaneEvent) throws -> [Effect] {
    let restored = try #require(Lane(decoding: lane.encoded()))
    #expect(restored == lane)
    var turn = library.turn(restored, event, context)
    while case .needs(let request, let suspended) = turn {
      turn = library.resume(
        suspended, outcome: request.action == "report danger" ? "logged" : "recorded", context)
    }
    guard case .finished(let lane, let effects) = turn else { return [] }
    self.lane = lane
    return effects
  }

  /// The effects of a text message.
  mutating func text(_ words: String) throws -> [Effect] {
    try turn(.message(text: words, choice: nil))
  }
}

extension [Effect] {
  /// The messages among the effects.
  var sent: [Outgoing] {
    compactMap { effect in
      if case .send(let message) = effect { message } else { nil }
    }
  }
}

@Suite struct TurnTests {
  let door = (name: "door-check.txt", text: Fixtures.doorCheck)
  let golden = (name: "golden-thread.txt", text: Fixtures.goldenThread)
  let trial = (
    name: "trial.txt",
    text: Fixtures.conversation(
      """
      step idea
        ask idea (words up to 100):
          What is your idea?
          no answer after 1 day -> finish
        ask level (number 0 to 20):
          Which floor?
          not understood 2 times -> finish
          no answer after 1 day -> finish
        say: Thank you for {idea}.
        end

      step finish
        end
      """)
  )

  @Test func `a question carries its number, class and timers`() throws {
    var play = try Play(door)
    let sent = try play.text("FIRE DOOR").sent
    #expect(sent.count == 1)
    #expect(sent.first?.question == 1)
    #expect(sent.first?.purpose == .progress)
    #expect(sent.first?.messageClass == .engagement)
    #expect(sent.first?.choices.map(\.id) == ["yes", "no", "unsure"])
    #expect(
      sent.first?.timers == [
        Outgoing.Timer(kind: .remind, after: .days(1)),
        Outgoing.Timer(kind: .noAnswer, after: .days(3)),
        Outgoing.Timer(kind: .forget, after: .days(4)),
      ])
    #expect(play.lane.openQuestion == 1)
    #expect(play.lane.openConversation == "door-check")
  }

  @Test func `an answer is recorded with the person's own words`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    let effects = try play.text("Yeah it shuts fine")
    #expect(
      effects.first
        == .record(
          RecordedAnswer(
            conversation: "door-check", name: "door", value: "yes", raw: "Yeah it shuts fine")))
    #expect(play.lane.openQuestion == nil)
  }

  @Test func `a stale timer does nothing`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    _ = try play.text("purple")
    #expect(play.lane.openQuestion == 2)
    #expect(try play.turn(.timer(.noAnswer, question: 1)) == [])
    #expect(try play.turn(.timer(.remind, question: 2)).sent.first?.purpose == .unprompted)
    #expect(try play.turn(.timer(.remind, question: 2)) == [])
  }

  @Test func `STOP ends engagement sessions and is confirmed only if it may be`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    play.context.mayConfirmStop = false
    #expect(try play.text("stop") == [.optOut])
    #expect(play.lane.openQuestion == nil)
    play.context.mayConfirmStop = true
    let effects = try play.text("Stop.")
    #expect(effects.first == .optOut)
    #expect(effects.sent.map(\.purpose) == [.stopConfirmation])
    play.context.isOptedOut = true
    #expect(try play.turn(.start(conversation: "door-check", step: nil)) == [])
    #expect(try play.text("FIRE DOOR").sent.first?.purpose == .progress)
  }

  @Test func `START lifts an opt-out and greets`() throws {
    var play = try Play(door)
    play.context.isOptedOut = true
    let effects = try play.text("START")
    #expect(effects.first == .optIn)
    #expect(effects.sent.first?.text.contains("Welcome back") == true)
  }

  @Test func `a safety session outlives STOP and asks again`() throws {
    var play = try Play(trial, golden)
    _ = try play.text("SAFETY")
    _ = try play.text("TRY")
    _ = try play.text("STOP")
    let effects = try play.text("not so sure about that")
    #expect(effects.sent.last?.text.contains("What would you like to know?") == true)
    #expect(effects.contains(.staffInbox(.unmatched)))
    #expect(
      try play.text("2").sent.first?.text == "A fire door holds back fire and smoke if it shuts.")
  }

  @Test func `HELP says how to get help and asks the open question again`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    let sent = try play.text("help").sent
    #expect(sent.map(\.purpose) == [.notice])
    #expect(sent.first?.text.contains("01632 960 123") == true)
    #expect(sent.first?.text.hasSuffix("3 Not sure") == true)
    #expect(sent.first?.question == 2)
  }

  @Test func `danger alarms at once, records nothing and asks again after the next message`() throws
  {
    var play = try Play(golden)
    _ = try play.text("SAFETY")
    _ = try play.text("worried")
    let effects = try play.text("there is smoke in the stairs")
    #expect(effects.first == .alarm)
    #expect(effects.sent.map(\.purpose) == [.danger])
    #expect(effects.sent.first?.messageClass == .safety)
    #expect(effects.sent.first?.text.hasPrefix("Call 999") == true)
    let after = try play.text("ok")
    #expect(after.first == .staffInbox(.unmatched))
    #expect(after.sent.first?.text.contains("in your own words") == true)
    #expect(try play.text("all fine now").sent.first?.text.hasPrefix("Thank you.") == true)
  }

  @Test func `an unmatched text is answered and reaches staff`() throws {
    var play = try Play(door)
    let effects = try play.text("the bins again")
    #expect(effects.first == .staffInbox(.unmatched))
    #expect(effects.sent.map(\.purpose) == [.notice])
  }

  @Test func `the landlord's own conversation answers what matched nothing`() throws {
    let own = Fixtures.conversation(
      keyword: "", "step all\n  say: We do not know. Text HELP.\n  end")
    var play = try Play(door, ("not-understood.txt", own))
    #expect(
      try play.text("the bins again").sent.map(\.text)
        == ["Elm Homes: We do not know. Text HELP."])
  }

  @Test func `after a hand-over texts go to staff until the case is closed`() throws {
    var play = try Play(door)
    let effects = try play.text("PERSON")
    #expect(effects.first == .handOver(team: "Resident Safety Team", note: "Asked for a person."))
    #expect(effects.sent.count == 1)
    #expect(try play.text("my boiler is dead") == [.staffInbox(.handedOver)])
    #expect(try play.text("FIRE DOOR") == [.staffInbox(.handedOver)])
    #expect(try play.text("HELP").sent.count == 1)
    #expect(try play.text("the kitchen is on fire").first == .alarm)
    #expect(try play.text("STOP").first == .optOut)
    #expect(play.lane.isHandedOver)
    #expect(try play.turn(.caseClosed) == [])
    #expect(try play.text("FIRE DOOR").sent.count == 1)
  }

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

  @Test func `words near an opt-out get one question, and yes to it opts out`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    let effects = try play.text("pls stop texting me")
    #expect(effects.first == .staffInbox(.nearOptOut))
    #expect(effects.sent.first?.text.contains("Reply STOP") == true)
    #expect(try play.text("yes").first == .optOut)
  }

  @Test func `LANG offers the languages and the choice is kept`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    #expect(
      try play.text("LANG").sent.first?.text
        == "Which language would you like? 1 English 2 Cymraeg 3 Polski")
    let text = try play.text("2").sent.first?.text ?? ""
    #expect(text.contains("Ydy drws ffrynt"))
    #expect(text.hasSuffix("1 Ydy 2 Nac ydy 3 Ddim yn siwr"))
  }

  @Test func `SKIP takes the way of silence and BACK the question before`() throws {
    var play = try Play(trial)
    #expect(try play.text("SKIP").sent.first?.text.contains("no question to skip") == true)
    _ = try play.text("TRY")
    _ = try play.text("benches")
    #expect(try play.text("back").sent.first?.text == "What is your idea?")
    #expect(try play.text("back").sent.first?.text.contains("What is your idea?") == true)
    #expect(try play.text("skip").sent.first?.text == "OK, we have left that one out.")
    #expect(play.lane.openQuestion == nil)
  }

  @Test func `a question that never arrived is asked anew`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    play.context.question = .refused
    let effects = try play.text("yes")
    #expect(effects.sent.first?.question == 2)
    #expect(!effects.contains { if case .record = $0 { true } else { false } })
  }

  @Test func `a sure answer proves that a question arrived`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    play.context.question = .unknown
    #expect(try play.text("well yes I think").sent.first?.question == 2)
    #expect(try play.text("yes").first == .questionArrived)
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

  @Test func `a long text is cut at a sentence and MORE reads on`() throws {
    let words = (1...30).map { "This is sentence number \($0)." }.joined(separator: " ")
    var play = try Play(
      (
        "long.txt",
        Fixtures.conversation("step a\n  say: \(words)\n  end")
          .replacing("owner:", with: "lint allow: W701 it is cut\nowner:")
      ))
    let first = try play.text("TRY").sent.first?.text ?? ""
    #expect(first.hasPrefix("Elm Homes: This is sentence number 1. "))
    #expect(first.hasSuffix(". Text MORE to read on."))
    let second = try play.text("more").sent.first?.text ?? ""
    #expect(second.hasPrefix("This is sentence number 1"))
    #expect(second.hasSuffix("This is sentence number 30."))
    #expect(try play.text("MORE").sent.first?.text == "That is all we have on this.")
  }

  @Test func `a text that answers nothing after long silence is read by staff`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    #expect(try play.turn(.timer(.noAnswer, question: 1)) == [])
    #expect(try play.text("the bins again").first == .staffInbox(.unmatched))
    #expect(try play.text("2").sent.first?.text.hasPrefix("Thank you. That can let") == true)
  }

  @Test func `buttons answer on channels that have them, also for the language`() throws {
    var play = try Play(door)
    play.context.channel = "whatsapp"
    let sent = try play.text("FIRE DOOR").sent
    #expect(sent.first?.choices.count == 3)
    #expect(sent.first?.text.hasSuffix("by itself?") == true)
    #expect(try play.text("lang").sent.first?.choices.map(\.id) == ["en", "cy", "pl"])
    _ = try play.turn(.message(text: "Cymraeg", choice: "cy"))
    let answer = try play.turn(.message(text: "Ydy", choice: "yes"))
    #expect(answer.sent.map(\.text) == ["Diolch, dyna'r cyfan."])
  }

  @Test func `an empty message is answered and read by staff`() throws {
    var play = try Play(door)
    let effects = try play.text("  ")
    #expect(effects.first == .staffInbox(.unmatched))
    #expect(effects.sent.count == 1)
  }
}

extension String {
  /// What stands before the first `mark`.
  fileprivate func components(before mark: String) -> String {
    firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
  }
}
