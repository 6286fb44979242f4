import HTTP
import Testing

/// That the audit of a run finds what breaks a promise, each by a run that breaks it.
@Suite struct AuditTests {
  private let start = ContinuousClock.now

  private func text(
    _ kind: TextingResidents.Text.Kind, sid: String, place: Int, acknowledgedAfter: Int? = 0
  ) -> TextingResidents.Text {
    TextingResidents.Text(
      number: "+447700900123", kind: kind, sid: sid, place: place,
      acknowledged: acknowledgedAfter.map { start + .seconds($0) })
  }

  private func line(
    _ direction: String, _ text: String, _ ids: [String], _ status: String
  ) throws
    -> LogLine
  {
    try LogLine([
      "direction": .string(direction), "address": "tel:+447700900123", "text": .string(text),
      "providerIDs": .array(ids.map { .string($0) }), "status": .string(status),
    ])
  }

  private func delivery(
    _ word: String, _ reference: String, after seconds: Int = 0
  )
    -> TwilioDouble.Delivery
  {
    .init(
      to: "+447700900123", body: "Elm Homes: We heard \(word).", sid: "SM9", reference: reference,
      at: start + .seconds(seconds))
  }

  @Test func `a run without fault has none`() throws {
    let audit = Audit(
      [text(.word("a"), sid: "SM1", place: 0), text(.stop, sid: "SM2", place: 1)],
      log: [
        try line("in", "ECHO a", ["SM1"], "handled"), try line("in", "STOP", ["SM2"], "handled"),
        try line("out", "Elm Homes: We heard a.", ["SM9"], "delivered"),
      ], deliveries: [delivery("a", "one.1")])
    #expect(audit.lostOrDoubled + audit.notAnsweredOnce + audit.unhandled == [])
    #expect(audit.doubledOrMisdirected + audit.afterStop + audit.waiting == [])
    #expect(audit.notShownDelivered(["SM9"]) == [])
  }

  @Test func `what is lost, kept twice, not handled or not answered once is found`() throws {
    let texts = ["a", "b", "c"].enumerated().map { index, word in
      text(.word(word), sid: "SM\(index)", place: index)
    }
    let log = [
      try line("in", "ECHO a", ["SM0"], "handled"), try line("in", "ECHO a", ["SM0"], "handled"),
      try line("in", "ECHO b", ["SM1"], "received"),
      try line("out", "We heard a.", [], "queued"), try line("out", "We heard a.", [], "queued"),
    ]
    let audit = Audit(texts, log: log, deliveries: [])
    #expect(audit.lostOrDoubled.sorted() == ["SM0", "SM2"])
    #expect(audit.unhandled == ["ECHO b received"])
    #expect(audit.notAnsweredOnce == ["a answered 2 times"])
    #expect(audit.waiting.count == 2)
    #expect(audit.notShownDelivered(["SM7"]) == ["SM7"])
  }

  @Test(arguments: [("a", "one.2"), ("a", "two.1"), ("b", "one.1")])
  func `a message that comes twice is found by its words and by our name of it`(
    word: String, reference: String
  ) {
    let texts = [text(.word("a"), sid: "SM1", place: 0), text(.word("b"), sid: "SM2", place: 1)]
    let audit = Audit(
      texts, log: [], deliveries: [delivery("a", "one.1"), delivery(word, reference)])
    #expect(audit.doubledOrMisdirected.count == 1)
  }

  @Test func `a message to somebody else is found`() {
    let audit = Audit([], log: [], deliveries: [delivery("a", "one.1")])
    #expect(audit.doubledOrMisdirected.count == 1)
  }

  @Test func `what comes after STOP is found, but for answers to what follows and after START`() {
    let before = text(.word("a"), sid: "SM1", place: 0)
    let stop = text(.stop, sid: "SM2", place: 1, acknowledgedAfter: 10)
    let after = text(.word("b"), sid: "SM3", place: 2)
    let start = text(.start, sid: "SM4", place: 2)
    func found(_ texts: [TextingResidents.Text], _ word: String, _ seconds: Int) -> Int {
      Audit(texts, log: [], deliveries: [delivery(word, "one.1", after: seconds)]).afterStop.count
    }
    #expect(found([before, stop], "a", 20) == 1)
    #expect(found([before, stop], "a", 11) == 0)
    #expect(found([before, stop, after], "b", 20) == 0)
    #expect(found([before, stop, after], "a", 20) == 1)
    #expect(found([before, stop, start], "a", 20) == 0)
  }
}
