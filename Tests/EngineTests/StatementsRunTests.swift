import Messaging
import Testing

@testable import Engine

@Suite struct StatementsRunTests {
  static let outer = (
    name: "outer.txt",
    text: Fixtures.conversation(
      keyword: "OUTER",
      """
      step start
        ask room:
          Which room?
          - hall: Hall -> in
          - bath: Bath -> in
          not understood 2 times -> finish
          no answer after 1 day -> finish

      step in
        run inner
        say: Back from {room or "there"}.
        end

      step finish
        end
      """)
  )
  static let inner = (
    name: "inner.txt",
    text: Fixtures.conversation(
      keyword: "INNER",
      """
      step start
        ask door:
          Is it shut?
          - yes: Yes -> finish
          - no: No -> open
          not understood 2 times -> finish
          no answer after 1 day -> finish

      step open
        wait 1 hour
        say: Shut it.
        end

      step finish
        end
      """)
  )

  @Test func `a conversation that is run returns, with each one's own answers`() throws {
    var play = try Play(Self.outer, Self.inner)
    _ = try play.text("OUTER")
    #expect(try play.text("bath").sent.map(\.text) == ["Is it shut? 1 Yes 2 No"])
    #expect(play.lane.openConversation == "inner")
    #expect(play.lane.hashesInUse.count == 2)
    let effects = try play.text("yes")
    #expect(
      effects.first
        == .record(RecordedAnswer(conversation: "inner", name: "door", value: "yes", raw: "yes")))
    #expect(effects.sent.map(\.text) == ["Back from Bath."])
    #expect(play.lane.openConversation == nil)
  }

  @Test func `a wait within it returns too`() throws {
    var play = try Play(Self.outer, Self.inner)
    _ = try play.text("OUTER")
    _ = try play.text("hall")
    _ = try play.text("no")
    let number = try #require(play.lane.timedQuestions.first)
    play.context.now = play.context.now + .hours(1)
    #expect(
      try play.turn(.timer(.wait, question: number)).sent.map(\.text)
        == ["Elm Homes: Shut it. Back from Hall."])
  }

  @Test func `silence within it returns, and a late reply still counts`() throws {
    var play = try Play(Self.outer, Self.inner)
    _ = try play.text("OUTER")
    _ = try play.text("hall")
    let number = try #require(play.lane.openQuestion)
    #expect(
      try play.turn(.timer(.noAnswer, question: number)).sent.map(\.text)
        == ["Elm Homes: Back from Hall."])
    #expect(try play.text("yes").sent.map(\.text) == ["Back from Hall."])
    #expect(play.lane.openConversation == nil)
  }

  @Test func `what a conversation runs is part of its version`() throws {
    let library = try Fixtures.library([Self.outer, Self.inner])
    let edited = (Self.inner.name, Self.inner.text.replacing("Is it shut?", with: "Does it shut?"))
    let next = try Fixtures.library([Self.outer, edited])
    let old = try #require(library.program("outer"))
    #expect(next.program("outer")?.hash != old.hash)
    #expect(old.runs == ["inner": library.program("inner")?.hash ?? ""])

    var play = Play(library: library)
    _ = try play.text("OUTER")
    var both = next
    for hash in [old.hash, old.runs["inner"] ?? ""] {
      let source = try #require(library.source(ofHash: hash))
      both = try #require(both.adding(pinned: source))
    }
    var later = Play(library: both)
    later.lane = play.lane
    #expect(try later.text("hall").sent.map(\.text) == ["Is it shut? 1 Yes 2 No"])
    let withdrawn = both.withdrawing(hash: old.hash).withdrawing(hash: old.runs["inner"] ?? "")
    var last = Play(library: withdrawn)
    last.lane = later.lane
    #expect(
      try last.text("purple").sent.map(\.text)
        == ["Here is our question again. Does it shut? 1 Yes 2 No"])
    #expect(try last.text("yes").sent.map(\.text) == ["Back from Hall."])
  }

  @Test(arguments: [
    ("inner.txt", "say: Shut it.", "run outer", "E503"),
    ("inner.txt", "say: Shut it.", "run inner", "E503"),
    ("outer.txt", "run inner", "run iner", "E502"),
  ])
  func `what cannot be run is an error`(
    file: String, from: String, into: String, code: String
  ) {
    let files = [Self.outer, Self.inner].map { name, text in
      (name, name == file ? text.replacing(from, with: into) : text)
    }
    let findings = Fixtures.check(files).findings
    #expect(findings.contains { $0.code == code && $0.file == file })
  }

  @Test func `conversations run one another so deep and no deeper`() {
    let files = (0..<6).map { number in
      (
        "c\(number).txt",
        Fixtures.conversation(
          keyword: "WORD\(number)X",
          number == 5
            ? "step a\n  say: Deep.\n  end"
            : "step a\n  run c\(number + 1)\n  end")
      )
    }
    #expect(Fixtures.check(Array(files[1...])).findings.map(\.code) == [])
    #expect(Fixtures.check(files).findings.map(\.code) == ["E504"])
  }
}
