import Foundation
import Testing

@testable import Engine

@Suite struct MatchingVocabularyTests {
  private let vocabulary = ShippedWords.vocabulary

  @Test func `the shipped files have no problem`() {
    let (_, problems) = Vocabulary.load(
      engine: ShippedWords.engine, commonWords: ShippedWords.commonWords)
    #expect(problems == [])
    #expect(EngineTexts.load(engine: ShippedWords.engine).1 == [])
  }

  @Test(arguments: [
    "STOP", "stop", "Stop", "sToP", "stop.", "STOP!!", "stop!", "\"stop\"", "“STOP”", "'stop'",
    "«Stop»", " stop ", "\nstop\n", "(stop)", "*STOP*", "#stop", "/stop", "stop?", "...stop...",
    "ＳＴＯＰ", "𝐒𝐓𝐎𝐏", "𝓈𝓉𝑜𝓅", "ЅТОР", "STOР", "ⓢⓣⓞⓟ", "S T O P", "s.t.o.p", "S-T-O-P",
    "s\u{200B}top", "st\u{00AD}op", "\u{FEFF}STOP", "STOP\u{A0}", "stóp", "STOP STOP STOP",
    "Stop. Stop!",
    "STOP\nSent from my iPhone", "stop\r\n--\r\nMary", "\n\nSTOP\nthanks for nothing", "STOP 🛑",
    "🙏 stop",
    "STOP ALL", "stopall", "stop-all", "unsubscribe", "Un-subscribe", "CANCEL", "end", "END.",
    "Quit",
    "optout", "opt out", "OPT-OUT", "revoke", "STOPIWCH", "stopiwch!", "diwedd", "koniec",
    "KONIEC.",
    "wypisz mnie", "rezygnuję", "rezygnuje", "STOP" + String(repeating: " ", count: 60_000),
  ])
  func `an opt-out is seen in any dress`(text: String) {
    #expect(vocabulary.isOptOut(text))
    #expect(!vocabulary.isOptIn(text))
    #expect(read(text) == .engineWord(.stop))
  }

  @Test(arguments: [
    "stop the noise at 2am", "Pls stop the noise at 2am", "the bus stop", "non stop", "stopped",
    "please stop", "stop please", "don't stop", "stops", "stop texting me", "the end",
    "end of the road", "at the end", "cancel my appointment", "START", "unstop", "help", "",
    " ", "st", "top", "🛑", "end stop", "stop cancel", "weekend", "quite", "stop it", "st op it",
    "the lift doors never\nstop", "stop 2", "STOP1", "ends", "no",
    String(repeating: "stop", count: 9),
    String(repeating: "a", count: 3_000) + "\nstop",
  ])
  func `what only holds an opt-out word is none`(text: String) {
    #expect(!vocabulary.isOptOut(text))
  }

  @Test func `danger after an opt-out is both`() {
    let text = "STOP\nmy flat is on fire"
    #expect(vocabulary.isOptOut(text))
    #expect(read(text) == .danger)
  }

  @Test(arguments: [
    "START", "start", "Start!", "UNSTOP", "/start", "un stop", "Dechrau", "wznów", "ＳＴＡＲＴ",
  ])
  func `only START and UNSTOP lift an opt-out`(text: String) {
    #expect(vocabulary.isOptIn(text))
    #expect(!vocabulary.isOptOut(text))
  }

  @Test(arguments: [
    "yes", "start again", "restart", "stop", "ok start", "join", "when do you start",
  ])
  func `nothing else lifts an opt-out`(text: String) {
    #expect(!vocabulary.isOptIn(text))
  }

  @Test(arguments: [
    ("HELP", EngineWord.help), ("help!", .help), ("pomoc", .help), ("cymorth", .help),
    ("Person", .person), ("speak to someone", .person), ("człowiek", .person), ("MORE", .more),
    ("mwy", .more), ("więcej", .more), ("back", .back), ("Nôl", .back), ("wstecz", .back),
    ("skip", .skip), ("pomiń", .skip), ("LANG", .lang), ("iaith", .lang), ("Język", .lang),
  ])
  func `the gateway's own words are the whole message`(text: String, word: EngineWord) {
    #expect(read(text) == .engineWord(word))
    #expect(read(text + " with my door") != .engineWord(word))
  }

  @Test(arguments: [
    "pls stop texting me", "no more texts", "wrong number", "Wrong number mate", "please stop",
    "stop please", "Stop it!", "take me off your list", "remove me please", "don't text me again",
    "I dont want these messages", "leave me alone", "not interested", "🛑", "unsubscribe me",
    "cancel please", "zły numer", "proszę nie pisać", "pomyłka", "rhif anghywir", "stpo",
    "Opt me out",
    "who is this? wrong number", "dim mwy o negeseuon",
  ])
  func `words near an opt-out are asked about`(text: String) {
    #expect(read(text) == .nearOptOut)
    #expect(read(text, question: .words) == .nearOptOut)
  }

  @Test(arguments: [
    "stop the noise at 2am", "pls stop the noise at 2am", "who is this",
    "stop these kids playing football",
    "can you stop the lift banging", "bus stop",
    "I rang the wrong number on your letter about the damp twice",
    "remove mould", "driving, reply later",
  ])
  func `a complaint is no wish to opt out`(text: String) {
    #expect(read(text) != .nearOptOut)
    #expect(read(text, question: .topic) != .nearOptOut)
  }

  @Test func `a choice that was offered is an answer, however like an opt-out`() {
    let options = [
      AnswerType.Option(id: "right", phrases: ["Right number"]),
      AnswerType.Option(id: "wrong", phrases: ["Wrong number"]),
    ]
    let question = QuestionMatcher(.choices(options), vocabulary: vocabulary)
    #expect(read("wrong number", question: question) == .answer(.choice("wrong")))
    #expect(read("2", question: question) == .answer(.choice("wrong")))
    #expect(read("you have the wrong number", question: question) == .nearOptOut)
  }

  @Test(arguments: [
    "my flat is on fire", "FLAT 3 IS ON FIRE", "On fire!!!", "there's smoke in the stairs",
    "smoke in hall",
    "gas leak in the kitchen", "I can smell gas", "trapped in the lift", "we are trapped",
    "I can't get out",
    "i cant breathe", "there is a fire", "theres a fire in flat 4", "help fire",
    "carbon monoxide alarm going",
    "2 also there is smoke in the hall", "stop texting me the flat is on fire",
    "im stuck in the lift",
    "mae'r fflat ar dân", "mwg yn y coridor", "arogl nwy", "Mae tân yma", "pali się u sąsiada",
    "czuję gaz",
    "pożar w kuchni", "dym w korytarzu", "uwięziona w windzie", "ratunku", "on\nfire",
    "news on fire doors? no my kitchen is on fire",
  ])
  func `danger is danger whatever was asked`(text: String) {
    #expect(read(text) == .danger)
    for question in [MatchingQuestion.topic, .door, .yesOrNo, .people, .words] {
      #expect(read(text, question: question) == .danger)
    }
  }

  @Test(arguments: [
    "FIRE", "fire", "fire door", "the fire door is broken", "any news on fire doors", "FIRE DOOR",
    "a talk on fire safety", "people smoke in the stairs", "that can let smoke in",
    "it isn't on fire",
    "what if there is a fire", "there is a fire door here", "smoke alarm beeping", "gas bill",
    "the lift",
    "światło nie pali się", "larwm mwg yn bipian", "no smell of gas now", "trapped nerve",
    "weed smoke coming through my vents",
    "fireworks", "",
    "gas", "the campfire in march", "entrapped", "vision firefly",
  ])
  func `talk of safety is no danger`(text: String) {
    #expect(read(text) != .danger)
    #expect(read(text, question: .words) != .danger)
  }

  @Test func `a landlord's own danger words count`() throws {
    let (own, _) = Vocabulary.load(
      engine: ShippedWords.engine, commonWords: ShippedWords.commonWords,
      extraDangerWords: ["Balcony is loose", " ", "😱"])
    let vocabulary = try #require(own)
    #expect(vocabulary.isDanger(FoldedReply("the BALCONY is loose!")))
    #expect(!vocabulary.isDanger(FoldedReply("balcony is fine, tap is loose")))
    #expect(!vocabulary.isDanger(FoldedReply("")))
  }

  @Test(arguments: [
    ("STOP", true), ("quit", true), ("Opt out", true), ("koniec", true), ("yes", false),
    ("start", false), ("help", false), ("shop", false), ("", false),
  ])
  func `only opt-out words are reserved`(word: String, isReserved: Bool) {
    #expect(vocabulary.isReserved(word) == isReserved)
  }

  private func read(_ text: String, question: MatchingQuestion) -> Reading {
    read(text, question: MatchingQuestion.matchers[question])
  }

  private func read(_ text: String, question: QuestionMatcher? = nil) -> Reading {
    Matcher.read(
      text, choice: nil, question: question, ownKeywords: nil, on: someTuesday, sureOnly: false,
      keywords: KeywordTable([], vocabulary: vocabulary), vocabulary: vocabulary,
      fitsFirstQuestion: { _, _ in false })
  }
}
