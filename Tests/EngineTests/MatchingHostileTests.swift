import Support
import Testing

@testable import Engine

/// Messages that nobody would write by hand.
@Suite struct MatchingHostileTests {
  private static let table = KeywordTable(
    ["FIRE", "FIRE DOOR", "CLAIM", "IDEA"].map { Keyword(words: $0, conversation: $0) },
    vocabulary: ShippedWords.vocabulary)

  private static let questions: [MatchingQuestion] = [
    .topic, .door, .satisfied, .people, .height, .words, .several, .date, .time, .postcode, .phone,
    .email, .code,
  ]

  @Test func `ten thousand random messages do no harm`() {
    var noise = SplitMix64(seed: 20_261_121)
    let pieces = [
      "stop", "2", "not ", "yes", "lifts", "👍", "\u{20E3}", "\u{FE0F}", "\n", "on fire", "-", ".",
      "\u{200D}", "'", "FIRE", "é", "12/3", "next friday", "half 3", "m4 5jd", "07700 900123",
      "a@b.org", "ab-12O4",
      "1-3", "twenty ", "9999999999", "٠", "Ⅷ", "²", "e\u{301}", "ł", "٣", "\0",
      "🏴\u{E0067}\u{E0062}", "ﷺ", "½",
    ]
    for _ in 0..<10_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &noise) {
        if Bool.random(using: &noise) {
          text += pieces[Int.random(in: pieces.indices, using: &noise)]
        } else {
          let bytes = (0..<Int.random(in: 0...9, using: &noise)).map { _ in
            UInt8.random(in: 0...255, using: &noise)
          }
          text += String(decoding: bytes, as: UTF8.self)
        }
      }
      readWithout(text)
      let question = Self.questions[Int.random(in: Self.questions.indices, using: &noise)]
      #expect(read(text, question) != .nothing)
    }
  }

  @Test(arguments: [
    "stop", "a", " ", "yes ", "on fire ", "1", "e\u{301}\u{302}", "\u{301}", "👍", "on fire doors ",
    "\n",
    "not sure ", "lifts bins ", "FIRE ", "ﷺ", "9", "please ", "s t o p ",
  ])
  func `no message makes more work than its first two thousand scalars`(piece: String) {
    let count = 65_536 / piece.utf8.count
    let text = String(repeating: piece, count: count)
    let folded = FoldedReply(text)
    let length = folded.words.reduce(0) { $0 + $1.unicodeScalars.count }
    #expect(length <= 2_000)
    #expect(folded.words.count <= 2_000)
    #expect(folded.symbols.count <= 2_000)
    readEverywhere(text)
    readEverywhere("IDEA " + text)
  }

  @Test func `what stands beyond the first two thousand scalars is not read`() {
    let story = String(repeating: "la ", count: 1_000)
    #expect(read(story + "on fire", nil) == .nothing)
    #expect(read("on fire " + story, nil) == .danger)
  }

  private func readEverywhere(_ text: String) {
    for question in Self.questions {
      let reading = read(text, question)
      #expect(reading != .nothing)
    }
    readWithout(text)
  }

  private func readWithout(_ text: String) {
    let reading = read(text, nil)
    if case .answer = reading { Issue.record("there is no question to answer") }
    let isStop = ShippedWords.vocabulary.isOptOut(text)
    #expect(isStop == (reading == .engineWord(.stop)) || isStop && reading == .danger)
    #expect(!(isStop && ShippedWords.vocabulary.isOptIn(text)))
  }

  private func read(_ text: String, _ question: MatchingQuestion?) -> Reading {
    Matcher.read(
      text, choice: nil, question: question.flatMap { MatchingQuestion.matchers[$0] },
      ownKeywords: "FIRE", on: someTuesday, sureOnly: false, keywords: Self.table,
      vocabulary: ShippedWords.vocabulary, fitsFirstQuestion: { _, rest in rest.utf8.count > 5 })
  }
}
