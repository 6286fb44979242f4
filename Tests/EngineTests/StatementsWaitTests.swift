import Messaging
import Testing

@testable import Engine

@Suite struct StatementsWaitTests {
  /// A conversation that says something, waits and says something more.
  static func waiting(_ wait: String) -> (name: String, text: String) {
    let text = Fixtures.conversation(
      keyword: "TIPS",
      """
      step tips
        say: First tip.
        wait \(wait)
        say: Second tip.
        end
      """)
    return ("tips.txt", text)
  }

  /// The timer that the turn started.
  private func timer(_ effects: [Effect]) throws -> (question: Int, due: Instant) {
    for case .startTimer(.wait, let question, let due) in effects { return (question, due) }
    throw Missing()
  }
  private struct Missing: Error {}

  @Test(arguments: [
    ("2 days", 48 * 60), ("1 week", 7 * 24 * 60), ("until 9am", 23 * 60), ("until 10:30", 30),
    ("until 12pm", 2 * 60), ("until 10am", 24 * 60),
  ])
  func `a wait ends when it says`(wait: String, minutes: Int) throws {
    var play = try Play(Self.waiting(wait))
    let effects = try play.text("TIPS")
    #expect(effects.sent.map(\.text) == ["Elm Homes: First tip."])
    #expect(try timer(effects).due == play.context.now + .minutes(minutes))
    #expect(play.lane.openConversation == nil)
    #expect(play.lane.timedQuestions == [try timer(effects).question])
  }

  @Test(arguments: [
    ("1 day before {day} at 10am", "2026-12-03", "2026-12-02T10:00:00Z"),
    ("{day} at 14:30", "2026-12-03", "2026-12-03T14:30:00Z"),
    ("2 weeks after {day}", "2026-12-03", "2026-12-17T09:00:00Z"),
  ])
  func `a wait for a day ends on it`(wait: String, day: String, end: String) throws {
    let text = Fixtures.conversation(
      """
      step tips
        set day to "\(day)"
        wait until \(wait)
        say: Now.
        end
      """)
    var play = try Play(("tips.txt", text))
    #expect(try timer(try play.text("TRY")).due == Instant(iso8601: end))
  }

  @Test func `a day that has passed or is not known is not waited for`() throws {
    for day in ["2026-11-01", "soon"] {
      let text = Fixtures.conversation(
        """
        step tips
          set day to "\(day)"
          wait until {day} at 10am
          say: Now.
          end
        """)
      var play = try Play(("tips.txt", text))
      #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: Now."])
    }
  }

  @Test func `the clock is that of the place`() throws {
    var play = try Play(Self.waiting("until 9am"))
    play.context.now = try #require(Instant(iso8601: "2026-07-01T10:00:00Z"))
    play.context.clock = WallClock(
      localTime: { WallClock.utc.localTime($0 + .hours(1)) },
      instant: { WallClock.utc.instant($0, $1) - .hours(1) })
    #expect(
      try timer(try play.text("TIPS")).due == Instant(iso8601: "2026-07-02T08:00:00Z"))
  }

  @Test func `other conversations run meanwhile and are not interrupted`() throws {
    var play = try Play(Self.waiting("2 days"), Fixtures.door)
    let number = try timer(try play.text("TIPS")).question
    _ = try play.text("FIRE DOOR")
    #expect(play.lane.openConversation == "door-check")
    play.context.now = play.context.now + .days(2)
    #expect(try play.turn(.timer(.wait, question: number)) == [])
    #expect(
      try play.text("1").sent.map(\.text)
        == ["Elm Homes: Thank you, that is all.", "Second tip."])
    #expect(play.lane.asleep.isEmpty)
  }

  @Test func `a timer of another wait does nothing`() throws {
    var play = try Play(Self.waiting("2 days"))
    let number = try timer(try play.text("TIPS")).question
    #expect(try play.turn(.timer(.wait, question: number + 1)) == [])
    #expect(try play.turn(.timer(.remind, question: number)) == [])
    play.context.now = play.context.now + .days(2)
    let sent = try play.turn(.timer(.wait, question: number)).sent
    #expect(sent.map(\.text) == ["Elm Homes: Second tip."])
    #expect(sent.map(\.purpose) == [.unprompted])
    #expect(try play.turn(.timer(.wait, question: number)) == [])
  }

  @Test func `STOP ends a wait, and the keyword begins it anew`() throws {
    var play = try Play(Self.waiting("2 days"))
    _ = try play.text("TIPS")
    _ = try play.text("TIPS")
    #expect(play.lane.asleep.count == 1)
    _ = try play.text("STOP")
    #expect(play.lane.asleep.isEmpty)
  }

  @Test func `a wait that ends while staff have taken over goes on when they close the case`()
    throws
  {
    var play = try Play(Self.waiting("2 days"))
    let number = try timer(try play.text("TIPS")).question
    _ = try play.text("PERSON")
    play.context.now = play.context.now + .days(2)
    #expect(try play.turn(.timer(.wait, question: number)) == [])
    #expect(try play.turn(.caseClosed).sent.map(\.text) == ["Elm Homes: Second tip."])
  }

  @Test func `no more wait than a lane has room for`() throws {
    let files = (0..<12).map { number in
      (
        name: "tips-\(number).txt",
        text: Self.waiting("2 days").text.replacing("TIPS", with: "TIPS\(number)WORD")
      )
    }
    var play = Play(library: try Fixtures.library(files))
    for number in 0..<12 { _ = try play.text("TIPS\(number)WORD") }
    #expect(play.lane.asleep.count == Lane.asleepLimit)
  }

  @Test(arguments: ["soon", "until soon", "until 25:00", "until 1 hour before {day}", "until {day"])
  func `a wait that cannot be read is an error`(wait: String) {
    let codes = Fixtures.check([Self.waiting(wait)]).findings.map(\.code)
    #expect(codes == [wait == "soon" ? "E212" : "E313"])
  }
}
