import Messaging
import Testing

@testable import Engine

@Suite struct StatementsAskEachTests {
  static let vote = (
    name: "vote.txt",
    text: """
    conversation: Quick vote
    owner: Engagement Team
    start when they text: VOTE
    start from: resident, poll
    languages: en, cy
    answers: confidential
    forget after: 10 days

    step vote
      ask each poll question:
        first: About {poll topic or "this"}.
          cy: Am {poll topic or "hyn"}.
        not understood 2 times -> finish
        no answer after 7 days -> finish
        no poll open -> no poll
      say: Thanks, we have {poll answer or "your answers"}.
        cy: Diolch, mae gennym {poll answer or "eich atebion"}.
      end

    step no poll
      say: There is no vote now.
        cy: Does dim pleidlais nawr.
      end

    step finish
      end
    """
  )

  /// A poll of two questions, in English and Welsh.
  static func poll(_ id: String = "p1", closes: Instant? = nil) -> Poll {
    var english = Poll.Bargain()
    english.topic = "the meeting"
    var welsh = Poll.Bargain()
    welsh.topic = "y cyfarfod"
    return Poll(
      id: id, conversation: "vote", closes: closes, languages: ["en", "cy"],
      bargain: ["en": english, "cy": welsh],
      questions: [
        Poll.Question(
          name: "topic", wording: ["en": "What first?", "cy": "Beth gyntaf?"],
          choices: [
            Poll.Choice(id: "lifts", labels: ["en": "Lifts", "cy": "Lifftiau"]),
            Poll.Choice(id: "bins", labels: ["en": "Bins", "cy": "Biniau"], synonyms: ["rubbish"]),
          ]),
        Poll.Question(
          name: "floor", wording: ["en": "Which floor?", "cy": "Pa lawr?"],
          type: .number(0...20, decimals: false)),
      ])
  }

  private func play(_ polls: Poll...) throws -> Play {
    var play = try Play(Self.vote, Fixtures.door)
    play.context.polls = polls.map(play.library.prepared)
    return play
  }

  private func recorded(_ effects: [Effect]) -> [RecordedAnswer] {
    effects.compactMap { effect in
      if case .record(let answer) = effect { answer } else { nil }
    }
  }

  @Test func `a poll's questions follow one another and name the poll`() throws {
    var play = try play(Self.poll())
    let first = try play.turn(.start(conversation: "vote", step: nil, poll: "p1")).sent
    #expect(
      first.map(\.text) == ["Elm Homes: About the meeting. What first? 1 Lifts 2 Bins"])
    #expect(first.first?.timers.map(\.kind) == [.noAnswer, .forget])
    let effects = try play.text("rubbish")
    #expect(
      recorded(effects)
        == [
          RecordedAnswer(
            conversation: "vote", name: "topic", value: "bins", raw: "rubbish", poll: "p1")
        ])
    #expect(effects.sent.map(\.text) == ["Which floor?"])
    #expect(play.lane.pollsInUse == ["p1", "p1"])
    #expect(try play.text("4").sent.map(\.text) == ["Thanks, we have 4."])
    #expect(play.lane.openConversation == nil)
  }

  @Test func `a poll speaks the person's language`() throws {
    var play = try play(Self.poll())
    play.context.language = "cy"
    #expect(
      try play.text("VOTE").sent.map(\.text)
        == ["Elm Homes: Am y cyfarfod. Beth gyntaf? 1 Lifftiau 2 Biniau"])
    play.context.language = "pl"
    #expect(try play.text("rubbish").sent.map(\.text) == ["Which floor?"])
  }

  @Test func `SKIP goes on and BACK goes back within the poll`() throws {
    var play = try play(Self.poll())
    _ = try play.text("VOTE")
    #expect(try play.text("SKIP").sent.map(\.text) == ["Which floor?"])
    #expect(try play.text("SKIP").sent.map(\.text) == ["Thanks, we have your answers."])
    _ = try play.text("VOTE")
    _ = try play.text("1")
    #expect(
      try play.text("BACK").sent.map(\.text) == ["About the meeting. What first? 1 Lifts 2 Bins"])
  }

  @Test func `a changed mind counts until the close, and the keyword starts it again`() throws {
    let close = ExampleRunner.start + .days(3)
    var play = try play(Self.poll(closes: close))
    play.context.polls[0] = play.library.prepared(Self.poll(closes: close).withOneQuestion)
    _ = try play.text("VOTE")
    _ = try play.text("1")
    let effects = try play.text("2")
    #expect(recorded(effects).map(\.value) == ["bins"])
    #expect(effects.sent.map(\.text) == ["Thanks, we have Bins."])
    #expect(try play.text("VOTE").sent.count == 1)
    _ = try play.text("1")
    play.context.now = close
    let late = try play.text("2")
    #expect(recorded(late).isEmpty)
    #expect(late.contains(.staffInbox(.closedPoll)))
    #expect(
      late.sent.map(\.text) == ["Elm Homes: " + play.library.texts.text(.closed, language: "en")])
    #expect(try play.text("VOTE").sent.map(\.text) == ["Elm Homes: There is no vote now."])
  }

  @Test func `only a bare choice changes an answer`() throws {
    var play = try play(Self.poll().withOneQuestion)
    _ = try play.text("VOTE")
    _ = try play.text("1")
    #expect(recorded(try play.text("the bins are full again and smell")).isEmpty)
    #expect(recorded(try play.text("STOP")).isEmpty)
    _ = try play.text("FIRE DOOR")
    #expect(recorded(try play.text("2")).map(\.name) == ["door"])
    #expect(recorded(try play.text("2")).map(\.name) == ["topic"])
  }

  @Test func `an answer to a poll that closed while it was asked is told so and read`() throws {
    let close = ExampleRunner.start + .hours(1)
    var play = try play(Self.poll(closes: close))
    _ = try play.text("VOTE")
    play.context.now = close
    let effects = try play.text("1")
    #expect(effects.first == .staffInbox(.closedPoll))
    #expect(effects.sent.count == 1)
    #expect(play.lane.openConversation == nil)
  }

  @Test func `a session asks the poll it was started for`() throws {
    var play = try play(Self.poll(), Self.poll("p2").withOneQuestion)
    _ = try play.turn(.start(conversation: "vote", step: nil, poll: "p2"))
    #expect(recorded(try play.text("1")).map(\.poll) == ["p2"])
    #expect(
      try play.turn(.start(conversation: "vote", step: nil, poll: "gone")).sent.map(\.text)
        == ["Elm Homes: There is no vote now."])
  }

  @Test(arguments: [
    ("    no poll open -> no poll\n", "", ["E229", "E402"]),
    ("    no answer after 7 days -> finish\n", "", ["E405"]),
    ("    not understood 2 times -> finish\n", "", ["E406"]),
    (
      "    no answer after 7 days -> finish\n",
      "    - yes: Yes -> finish\n    no answer after 7 days -> finish\n", ["E228"]
    ),
    ("no answer after 7 days", "no answer after 11 days", ["E411"]),
  ])
  func `a mistake under it is found`(from: String, into: String, codes: [String]) {
    let text = Self.vote.text.replacing(from, with: into)
    #expect(text != Self.vote.text)
    let found = Fixtures.check([("vote.txt", text)]).findings.map(\.code)
    #expect(found.first == codes.first)
  }

  @Test(arguments: AnswerPrivacy.allCases)
  func `what is said may depend on how private the answers are`(privacy: AnswerPrivacy) throws {
    let text = Self.vote.text.replacing(
      "first: About {poll topic or \"this\"}.", with: "first: It is {poll privacy or \"?\"}.")
    var play = try Play((name: "vote.txt", text: text), Fixtures.door)
    var poll = Self.poll()
    poll.privacy = privacy
    play.context.polls = [play.library.prepared(poll)]
    let sent = try play.turn(.start(conversation: "vote", step: nil, poll: "p1")).sent
    #expect(sent.first?.text.contains("It is \(privacy.rawValue). What first?") == true)
  }

  @Test(arguments: [("anonymous", 0), ("confidential", 0), ("named", 0), ("secret", 1)])
  func `a poll in an example says how private it is`(privacy: String, findings: Int) {
    let text =
      Self.vote.text + """


        example private
          poll: The meeting
            privacy: \(privacy)
            ask topic: What first?
              cy: Beth gyntaf?
              - lifts: Lifts
                cy: Lifftiau
          started by: poll
          bot: ...
        """
    let codes = Fixtures.check([("vote.txt", text)]).findings.map(\.code)
    #expect(codes == Array(repeating: "E603", count: findings))
  }

  @Test func `a poll in an example that is none is an error`() {
    let text =
      Self.vote.text + """


        example odd
          poll: Nothing
            colour: red
          started by: staff
        """
    let report = Fixtures.check([("vote.txt", text)])
    #expect(report.findings.map(\.code) == ["E603", "E603"])
  }
}

extension Poll {
  /// The same with its first question alone.
  fileprivate var withOneQuestion: Poll {
    var poll = self
    poll.questions = Array(questions.prefix(1))
    return poll
  }
}
