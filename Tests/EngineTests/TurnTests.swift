import Messaging
import Testing

@testable import Engine

@Suite struct TurnTests {
  let door = Fixtures.door
  let golden = Fixtures.golden
  let trial = Fixtures.trial

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
    #expect(try play.text("lang").sent.first?.choices.map(\.id) == ["en", "cy", "pl", "ur"])
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
