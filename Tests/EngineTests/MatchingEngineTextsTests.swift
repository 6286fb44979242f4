import Foundation
import Support
import Testing

@testable import Engine

@Suite struct MatchingEngineTextsTests {
  private let file = ShippedWords.engine

  @Test func `everything the gateway says stands in every declared language`() throws {
    let (loaded, problems) = EngineTexts.load(engine: file)
    #expect(problems == [])
    let texts = try #require(loaded)
    #expect(texts.languages.map(\.code) == ["en", "cy", "pl", "ur"])
    #expect(texts.languages.map(\.name) == ["English", "Cymraeg", "Polski", "اردو"])
    for name in EngineText.allCases {
      let wordings = texts.languages.map { texts.text(name, language: $0.code) }
      #expect(Set(wordings).count == 4, "\(name) is translated")
      #expect(!wordings.contains(""))
      #expect(texts.text(name, language: "so") == wordings.first)
    }
  }

  @Test func `English and Welsh need no characters that double the price`() throws {
    let plain = Set("@£$¥èéùìòÇØøÅå_ÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n{}".unicodeScalars)
    let texts = try #require(EngineTexts.load(engine: file).0)
    for name in EngineText.allCases {
      for language in ["en", "cy"] {
        let others = texts.text(name, language: language).unicodeScalars.filter {
          !plain.contains($0) && !($0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0))
        }
        #expect(others.isEmpty, "\(name) \(language): \(others)")
      }
    }
  }

  @Test func `lines join, empty lines break, notes go, and other programs' marks are undone`()
    throws
  {
    let text =
      "\u{FEFF}"
      + file.text.replacing(
        "say skipped: OK, we have left that one out.\n",
        with: """
          say skipped:\r
          \tWe’ve left it\u{A0}out –\r
            note: not said

            as you asked…

          """)
    let texts = try #require(EngineTexts.load(engine: ("engine.txt", text)).0)
    #expect(texts.text(.skipped, language: "en") == "We've left it out -\nas you asked...")
  }

  @Test(arguments: [
    ("say skipped:", "say skiped:", "never says \"skiped\""),
    ("say skipped:", "say skiped:", "no wording for \"skipped\""),
    ("  pl: Zadzwoń teraz", "  note: Zadzwoń teraz", "has no Polski"),
    ("Did you mean {keyword}?", "Did you mean {word}?", "{word} is not known here"),
    ("Did you mean {keyword}?", "Did you mean {keyword?", "is not known here"),
    ("engine: the words", "motor: the words", "does not begin with"),
    ("format: 1", "format: 2", "the format is not 1"),
    ("format: 1\n", "", "does not say its format"),
    ("languages: en English, cy Cymraeg, pl Polski, ur اردو", "", "does not say its languages"),
    ("cy Cymraeg, pl", "cy Cymraeg, cy Polski,", "is not a new language code"),
    ("  cy: Ffoniwch 999", "  ga: Ffoniwch 999", "\"ga\" is not a declared language"),
    ("  cy: Ffoniwch 999", "  pl: Ffoniwch 999", "\"pl\" stands twice here"),
    ("say language set:", "say language list:", "stands twice, first in line"),
    ("say danger: Call 999", "Call 999", "has no colon"),
  ])
  func `a mistake in the file is found`(original: String, mistake: String, what: String) throws {
    try #require(file.text.contains(original))
    let text = file.text.replacing(original, with: mistake, maxReplacements: 1)
    let (texts, problems) = EngineTexts.load(engine: ("engine.txt", text))
    #expect(texts == nil)
    #expect(
      problems.contains { $0.what.contains(what) && $0.file == "engine.txt" && !$0.fix.isEmpty })
    #expect(
      problems.allSatisfy {
        (0...text.split(separator: "\n", omittingEmptySubsequences: false).count) ~= $0.line
      })
  }

  @Test(arguments: [
    ("word skip: skip", "word skip: stop", "already a word for"),
    ("word skip:", "word jump:", "has no \"word jump\""),
    ("near stop alone:", "nearly stop:", "\"nearly stop\" is not known here"),
    ("word lang: lang", "word lang: ..., lang", "holds no letters"),
    ("word help: help\n  cy: cymorth\n  pl: pomoc\n", "", "\"help\" is missing"),
    ("unsubscribe, cancel", "cancel", "\"unsubscribe\" is missing"),
    ("word start: start", "word start: begin", "\"start\" is missing"),
    ("danger: on fire, ", "danger: 🔥, ", "\"🔥\" holds no letters"),
    ("word back: back", "word back: " + String(repeating: "back", count: 11), "too long"),
  ])
  func `a mistake in the engine's words is found`(
    original: String, mistake: String, what: String
  ) throws {
    try #require(file.text.contains(original))
    let text = file.text.replacing(original, with: mistake, maxReplacements: 1)
    let (vocabulary, problems) = Vocabulary.load(
      engine: ("engine.txt", text), commonWords: ShippedWords.commonWords)
    #expect(vocabulary == nil)
    #expect(problems.contains { $0.what.contains(what) && $0.file == "engine.txt" })
  }

  @Test(arguments: [
    ("number 3: three", "number 3: two", "already a word for"),
    ("number 3: three", "number three: three", "is not a number"),
    ("choice none: none", "choice none: none, nope", "stands for both \"no\" and \"none\""),
    ("negation:", "denial:", "\"denial\" is not known here"),
    ("common words:", "words:", "does not begin with"),
  ])
  func `a mistake in the common words is found`(
    original: String, mistake: String, what: String
  ) throws {
    let file = ShippedWords.commonWords
    try #require(file.text.contains(original))
    let text = file.text.replacing(original, with: mistake, maxReplacements: 1)
    let (vocabulary, problems) = Vocabulary.load(
      engine: ShippedWords.engine, commonWords: ("common-words.txt", text))
    #expect(vocabulary == nil)
    #expect(problems.contains { $0.what.contains(what) && $0.file == "common-words.txt" })
  }

  @Test func `no landlord is without danger words`() throws {
    let start = try #require(file.text.range(of: "danger: on fire"))
    let end = try #require(file.text.range(of: "not danger:"))
    let text = file.text.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: "")
    let problems = Vocabulary.load(
      engine: ("engine.txt", text), commonWords: ShippedWords.commonWords
    ).1
    #expect(problems.map(\.what) == ["there are no danger words"])
  }

  @Test func `a file that is too long or no file at all is refused`() {
    let long = file.text + String(repeating: "note: \n", count: 10_000)
    #expect(
      EngineTexts.load(engine: ("engine.txt", long)).1.map(\.what) == ["the file is over 64 KiB"])
    #expect(EngineTexts.load(engine: ("engine.txt", "")).0 == nil)
    #expect(Vocabulary.load(engine: ("e", ""), commonWords: ("c", "")).0 == nil)
  }

  @Test func `a file of nothing but mistakes is refused at once`() {
    let keys = (0..<9_000).map { "k\($0):" }.joined(separator: "\n")
    let codes = "languages: " + (0..<9_000).map { "l\($0)" }.joined(separator: ",")
    for text in [
      keys, codes, keys.replacing("\n", with: "\r"), String(repeating: "{", count: 60_000),
    ] {
      #expect(EngineTexts.load(engine: ("engine.txt", text)).0 == nil)
      #expect(Vocabulary.load(engine: ("e", text), commonWords: ("c", text)).0 == nil)
    }
  }

  @Test func `ten thousand broken files are refused without harm`() {
    var noise = SplitMix64(seed: 7)
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(60)
    for _ in 0..<10_000 {
      var bytes: [UInt8] = []
      for _ in 0..<4 {
        bytes += Array(lines[Int.random(in: lines.indices, using: &noise)].utf8) + [10]
      }
      for _ in 0..<3 {
        let place = Int.random(in: bytes.indices, using: &noise)
        bytes[place] = UInt8.random(in: 0...255, using: &noise)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(EngineTexts.load(engine: ("engine.txt", text)).0 == nil)
      #expect(Vocabulary.load(engine: ("e", text), commonWords: ("c", text)).0 == nil)
    }
  }
}
