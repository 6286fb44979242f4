import Testing

@testable import Engine

@Suite struct MatchingKeywordTableTests {
  private static let keywords = [
    ("FIRE DOOR", "door-check", nil), ("DOOR CHECK", "door-check", nil),
    ("VISIT", "door-check", nil),
    ("FIRE", "golden-thread", "fire"), ("STAY", "golden-thread", "fire"),
    ("GOLDEN", "golden-thread", nil), ("GT", "golden-thread", nil),
    ("GOLDEN THREAD", "golden-thread", nil), ("WHO", "golden-thread", "who"),
    ("ALARM", "golden-thread", "alarm"), ("ALARMS", "golden-thread", "alarm"),
    ("DOORS", "golden-thread", "doors"), ("DOOR", "golden-thread", "doors"),
    ("VOTE", "quick-poll", nil), ("POLL", "quick-poll", nil), ("CLAIM", "voucher-claim", nil),
    ("VOUCHER", "voucher-claim", nil), ("IDEA", "ideas", nil), ("SECOND", "ideas", "second"),
    ("REPORT", "report", nil), ("COMPLAIN", "complain", nil), ("COMPLAINT", "complain", nil),
    ("PLEIDLAIS", "quick-poll", nil), ("ZŁOTA NIĆ", "golden-thread", nil),
  ].map { Keyword(words: $0.0, conversation: $0.1, step: $0.2) }

  private static let table = KeywordTable(keywords, vocabulary: ShippedWords.vocabulary)

  @Test(arguments: [
    ("FIRE", "FIRE", ""), ("fire", "FIRE", ""), ("Fire!", "FIRE", ""),
    ("fire door", "FIRE DOOR", ""),
    ("Fire-Door", "FIRE DOOR", ""), ("golden thread", "GOLDEN THREAD", ""), ("gt", "GT", ""),
    ("ＶＯＴＥ", "VOTE", ""), ("vote please", "VOTE", ""), ("Hi VOTE", "VOTE", ""),
    ("pleidlais", "PLEIDLAIS", ""), ("zlota nic", "ZŁOTA NIĆ", ""), ("Złota nić", "ZŁOTA NIĆ", ""),
    ("SECOND 4", "SECOND", "4"), ("second: 4", "SECOND", "4"), ("CLAIM OAK7", "CLAIM", "OAK7"),
    ("claim  Oak-7", "CLAIM", "Oak-7"), ("IDEA bike shed", "IDEA", "bike shed"),
    ("fire door broken", "FIRE DOOR", "broken"), ("door is broken", "DOOR", "is broken"),
    ("IDEA a bench by the door", "IDEA", "a bench by the door"),
    ("idea - a bench, by the Door!", "IDEA", "a bench, by the Door!"),
    ("IDEA:a bench by the door", "IDEA", "a bench by the door"),
    ("REPORT the bin chute door won't close", "REPORT", "the bin chute door won't close"),
    ("🔥 IDEA a bench by the dôr", "IDEA", "a bench by the dôr"),
    ("złota nić co to jest i po co", "ZŁOTA NIĆ", "co to jest i po co"),
  ])
  func `a keyword leads to its conversation with the words after it`(
    text: String, words: String, rest: String
  ) throws {
    let keyword = try #require(Self.keywords.first { $0.words == words })
    #expect(read(text, fits: { _, _ in true }) == .keyword(keyword, rest: rest))
  }

  @Test func `a long message takes a first word only when the rest fits`() throws {
    let fits: (Keyword, String) -> Bool = { keyword, rest in
      keyword.conversation == "ideas" && rest == "a bench by the door"
    }
    let idea = try #require(Self.keywords.first { $0.words == "IDEA" })
    let text = "IDEA a bench by the door"
    #expect(read(text, fits: fits) == .keyword(idea, rest: "a bench by the door"))
    #expect(read("WHO do I ask about the noise", fits: fits) == .nothing)
    #expect(read("second time I text you about it", fits: fits) == .nothing)
  }

  @Test(arguments: [
    ("fine", "FIRE"), ("five", "FIRE"), ("fier", "FIRE"), ("calim", "CLAIM"),
    ("cliam pls", "CLAIM"),
    ("vouchr", "VOUCHER"), ("goldn thraed", "GOLDEN THREAD"), ("firedoor", "FIRE DOOR"),
    ("alarrm", "ALARM"), ("complian", "COMPLAIN"), ("complaintt", "COMPLAINT"), ("pole", "POLL"),
    ("gold", "GOLDEN"), ("old", nil), ("wh", nil), ("gtt", nil), ("hire", nil), ("the fine", nil),
    ("poll", "POLL"),
    ("wonderful to hear from you", nil), ("visti", "VISIT"), ("stat", "STAY"),
  ])
  func `a slip of a keyword is asked about and never taken`(text: String, words: String?) {
    let near = Self.keywords.first { $0.words == words }
    switch read(text, fits: { _, _ in true }) {
    case .keyword(let keyword, let rest):
      #expect(keyword == near && rest.isEmpty && text == "poll", "only the word itself is taken")
    case .nearKeyword(let keyword): #expect(keyword == near)
    case let reading:
      #expect(reading == .nothing)
      #expect(near == nil)
    }
  }

  @Test func `a slip of two keywords is asked about only when both lead to one place`() {
    #expect(read("alarmz") == .nearKeyword(keyword("ALARM")))
    let table = KeywordTable(
      [Keyword(words: "BARK", conversation: "a"), Keyword(words: "BARN", conversation: "b")],
      vocabulary: ShippedWords.vocabulary)
    #expect(table.near(FoldedReply("barx")) == nil)
    #expect(table.near(FoldedReply("bakr"))?.conversation == "a")
  }

  @Test func `of two conversations that claim one keyword neither is taken`() {
    let table = KeywordTable(
      [
        Keyword(words: "Bins", conversation: "a"), Keyword(words: "BINS!", conversation: "b"),
        Keyword(words: "bíns", conversation: "c"), Keyword(words: "...", conversation: "d"),
        Keyword(words: "LIFT", conversation: "a"), Keyword(words: "LIFT", conversation: "a"),
      ], vocabulary: ShippedWords.vocabulary)
    #expect(table.exact(FoldedReply("bins")) == nil)
    #expect(table.beginning(FoldedReply("bins full")) { _, _ in true } == nil)
    #expect(table.near(FoldedReply("binz")) == nil)
    #expect(table.exact(FoldedReply("lift"))?.conversation == "a")
    #expect(table.exact(FoldedReply("")) == nil)
  }

  @Test func `the open question has the first claim`() {
    #expect(read("bins", question: .topic) == .answer(.choice("bins")))
    #expect(read("second", question: .topic) == .keyword(keyword("SECOND"), rest: ""))
    #expect(read("FIRE", question: .door) == .keyword(keyword("FIRE"), rest: ""))
    #expect(read("five", question: .people) == .answer(.number(5)))
    #expect(read("five", question: .door) == .nearKeyword(keyword("FIRE")))
    #expect(read("who is this", question: .door) == .keyword(keyword("WHO"), rest: "is this"))
    #expect(read("what is all this about", question: .door) == .notUnderstood)
    #expect(read("what is all this about") == .nothing)
  }

  @Test func `free words that are exactly another conversation's keyword are asked about`() {
    #expect(read("claim", question: .words, own: "ideas") == .keywordOrAnswer(keyword("CLAIM")))
    #expect(read("Idea", question: .words, own: "ideas") == .answer(.words("Idea")))
    #expect(
      read("claim it", question: .words, own: "ideas") == .answer(.words("claim it")))
    #expect(
      read("claim", question: .words, own: "ideas", sureOnly: true)
        == .keyword(keyword("CLAIM"), rest: ""))
    #expect(read("a bench", question: .words, own: "ideas", sureOnly: true) == .notUnderstood)
    let long = "claim " + String(repeating: "x", count: 40)
    #expect(
      read(long, question: .words, own: "ideas")
        == .keyword(keyword("CLAIM"), rest: String(repeating: "x", count: 40)))
  }

  @Test func `a photo without words is not understood, or nothing`() {
    #expect(read("", question: .door) == .notUnderstood)
    #expect(read("", question: .words) == .notUnderstood)
    #expect(read("") == .nothing)
  }

  @Test func `a pressed button answers before its label is read`() {
    let options = [
      AnswerType.Option(id: "safe", phrases: ["I am not trapped"]),
      AnswerType.Option(id: "end", phrases: ["End"]),
    ]
    let question = QuestionMatcher(.choices(options), vocabulary: ShippedWords.vocabulary)
    func read(_ text: String, _ choice: String?) -> Reading {
      Matcher.read(
        text, choice: choice, question: question, ownKeywords: nil, on: someTuesday,
        sureOnly: false,
        keywords: Self.table, vocabulary: ShippedWords.vocabulary,
        fitsFirstQuestion: { _, _ in false })
    }
    #expect(read("I am not trapped", "safe") == .answer(.choice("safe")))
    #expect(read("I am not trapped", nil) == .danger)
    #expect(read("I am not trapped", "of another question") == .danger)
    #expect(read("2", "of another question") == .answer(.choice("end")))
  }

  private func keyword(_ words: String) -> Keyword {
    Self.keywords.first { $0.words == words } ?? Keyword(words: "none", conversation: "none")
  }

  private func read(
    _ text: String, question: MatchingQuestion? = nil, own: String? = nil, sureOnly: Bool = false,
    fits: (Keyword, String) -> Bool = { _, _ in false }
  ) -> Reading {
    Matcher.read(
      text, choice: nil, question: question.flatMap { MatchingQuestion.matchers[$0] },
      ownKeywords: own, on: someTuesday, sureOnly: sureOnly, keywords: Self.table,
      vocabulary: ShippedWords.vocabulary, fitsFirstQuestion: fits)
  }
}
