import Messaging
import Testing

@testable import Engine

@Suite struct TurnEngineWordTests {
  let door = Fixtures.door
  let golden = Fixtures.golden
  let trial = Fixtures.trial

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

  @Test func `after a hand-over a safety text is said and staff see it, but nothing is asked`()
    throws
  {
    var play = try Play(golden)
    #expect(try play.text("PERSON").sent.count == 1)
    let effects = try play.text("DOORS")
    #expect(effects.first == .staffInbox(.handedOver))
    #expect(
      effects.sent.map(\.text) == ["Elm Homes: A fire door holds back fire and smoke if it shuts."])
    #expect(play.lane.isHandedOver && play.lane.openConversation == nil)
    #expect(try play.text("GOLDEN") == [.staffInbox(.handedOver)])
    #expect(try play.text("doors again") == [.staffInbox(.handedOver)])
  }

  @Test func `words near an opt-out get one question, and yes to it opts out`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    let effects = try play.text("pls stop texting me")
    #expect(effects.first == .staffInbox(.nearOptOut))
    #expect(effects.sent.first?.text.contains("Reply STOP") == true)
    #expect(try play.text("yes").first == .optOut)
    play = try Play(door)
    _ = try play.text("FIRE DOOR")
    _ = try play.text("pls stop texting me")
    #expect(try play.text("2").sent.first?.text.hasPrefix("Thank you. That can let") == true)
  }

  @Test func `LANG offers the languages and the choice is kept`() throws {
    var play = try Play(door)
    _ = try play.text("FIRE DOOR")
    #expect(
      try play.text("LANG").sent.first?.text
        == "Which language would you like? 1 English 2 Cymraeg 3 Polski 4 اردو")
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
}
