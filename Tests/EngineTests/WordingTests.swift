import Messaging
import Testing

@testable import Engine

@Suite struct WordingTests {
  static let high = (
    name: "high.txt",
    text: Fixtures.conversation(
      """
      step a
        ask topic:
          What about?
          - walls if storeys is at least 7: Walls -> finish
          - doors: Doors -> finish
          - lift if storeys is known: The lift -> finish
          not understood 2 times -> finish
          no answer after 1 day -> finish

      step finish
        end
      """)
  )

  @Test(arguments: [
    ("8", "1 Walls 2 Doors 3 The lift"), ("3", "1 Doors 2 The lift"), ("", "1 Doors"),
  ])
  func `choices with a condition are offered and numbered when it holds`(
    storeys: String, offered: String
  ) throws {
    var play = try Play(Self.high)
    play.context.values["storeys"] = storeys.isEmpty ? nil : storeys
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: What about? " + offered])
    #expect(try play.text("lift is broken").sent.isEmpty == !storeys.isEmpty)
  }

  @Test func `a number means what was offered when it was asked`() throws {
    var play = try Play(Self.high)
    play.context.values["storeys"] = "3"
    _ = try play.text("TRY")
    play.context.values["storeys"] = "9"
    let effects = try play.text("1")
    #expect(
      effects.first
        == .record(RecordedAnswer(conversation: "high", name: "topic", value: "doors", raw: "1")))
  }

  @Test(arguments: [
    ("- doors: Doors", "- doors if storeys is known: Doors", "E227"),
    ("at least 7:", "at least seven:", "E211"),
    ("walls if storeys is", "walls if storys is", "E409"),
  ])
  func `a condition of a choice that cannot be is an error`(
    from: String, into: String, code: String
  ) {
    let text = Self.high.text.replacing(from, with: into)
    #expect(Fixtures.check([("high.txt", text)]).findings.map(\.code) == [code])
  }

  @Test(arguments: ["sms", "whatsapp", "messenger", "telegram", "viber", "simulator"])
  func `choices go out as the channel takes them`(channel: String) throws {
    var play = try Play(Fixtures.door, Fixtures.golden)
    play.context.channel = channel
    let short = try #require(try play.text("FIRE DOOR").sent.last)
    let hasButtons = channel != "sms" && channel != "simulator"
    #expect(short.text.contains("1 Yes, it shuts") == !hasButtons)
    #expect(short.choices.map(\.label) == ["Yes, it shuts", "No", "Not sure"])
    let long = try #require(try play.text("SAFETY").sent.last)
    let fits = channel == "telegram" || channel == "viber"
    #expect(long.text.contains("4 I am worried about something") == !fits)
    #expect(long.choices.isEmpty == (channel == "whatsapp" || channel == "messenger"))
  }

  @Test func `a channel's own wording is for that channel, in its language`() throws {
    let text = Fixtures.conversation(
      """
      step a
        say: Hello.
          cy: Helo.
          sms: Hi.
          sms cy: Haia.
          whatsapp: Hello there.
        end
      """
    ).replacing("languages: en", with: "languages: en, cy")
    for (channel, language, said) in [
      ("sms", "en", "Hi."), ("sms", "cy", "Haia."), ("whatsapp", "en", "Hello there."),
      ("whatsapp", "cy", "Helo."), ("telegram", "en", "Hello."),
    ] {
      var play = try Play(("a.txt", text))
      play.context.channel = channel
      play.context.language = language
      #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: " + said])
    }
  }

  @Test func `a fact is told while it is signed and in date`() throws {
    let text = Fixtures.conversation(
      """
      step a
        say: {last fire check or "We will find out"}, {day of last fire check or "no day"}.
          if fire plan is known: Plan.
        end
      """)
    let day = try #require(CivilDate(iso8601: "2026-05-12"))
    let start = ExampleRunner.start
    for (isSigned, expires, said) in [
      (true, nil, "No faults, 12 May."), (true, start + .days(1), "No faults, 12 May."),
      (false, nil, "We will find out, no day."), (true, start, "We will find out, no day."),
    ] as [(Bool, Instant?, String)] {
      var play = try Play(("a.txt", text))
      play.context.facts["last fire check"] = BuildingFact(
        text: "No faults", day: day, expires: expires, isSigned: isSigned)
      #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: " + said])
    }
  }

  @Test(arguments: ["en", "cy", "pl", "ro", "ur"])
  func `a day is said in the person's language`(language: String) throws {
    let day = try #require(CivilDate(iso8601: "2027-03-03"))
    let today = try #require(CivilDate(iso8601: "2026-11-24"))
    let said = [
      "en": "3 March 2027", "cy": "3 Mawrth 2027", "pl": "3 marca 2027", "ro": "3 martie 2027",
    ]
    #expect(
      SpokenDate.text(day, language: language, today: today) == said[language] ?? "3/3/2027")
    #expect(SpokenDate.text(today, language: "en", today: today) == "24 November")
  }

  @Test func `pictures go where they can be seen and are described elsewhere`() throws {
    let text = Fixtures.conversation(
      """
      step a
        say: Look.
          picture door.png: A red door.
        picture {bad}.png: Bad.
        end
      """)
    #expect(Fixtures.check([("a.txt", text)]).findings.map(\.code) == ["E209"])
    let good = text.replacing("  picture {bad}.png: Bad.\n", with: "")
    var play = try Play(("a.txt", good))
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: Look. A red door."])
    play.context.channel = "telegram"
    play.context.showsPictures = true
    let sent = try play.text("TRY").sent
    #expect(sent.map(\.text) == ["Elm Homes: Look."])
    #expect(sent.map(\.picture) == [OutboundMessage.Picture(url: "door.png", alt: "A red door.")])
  }
}
