import Foundation
import Messaging
import Testing

@testable import Engine

@Suite struct ShippedConversationsTests {
  /// Every text file of the repository's conversations folder.
  static let files: [(name: String, text: String)] = {
    let folder = Fixtures.root.appending(path: "conversations")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.sorted().filter { $0.hasSuffix(".txt") }.map {
      ($0, Fixtures.text(of: "conversations/" + $0))
    }
  }()

  static let report = Checker.check(files: files, hash: Fixtures.hash)

  /// Each text that goes out as one message on SMS: the file, the language and the words.
  static let texts: [ShippedText] = {
    guard let library = report.library else { return [] }
    let ownTexts = EngineText.allCases.flatMap { name in
      library.texts.languages.map { language in
        ShippedText(
          file: "engine", language: language.code,
          words: library.texts.text(name, language: language.code)
            .replacing("{phone}", with: "01632 960 123").replacing("{keyword}", with: "FIRE DOOR"))
      }
    }
    return ownTexts
      + library.conversationIDs.flatMap { id in
        library.program(id).map(ShippedText.texts(of:)) ?? []
      }
  }()

  /// Words that residents find hard, and words that scold, or wave them away.
  static let unwelcome = [
    "hrb", "mor", "fra", "compartmentation", "remediate", "remediation", "decant", "void",
    "arrears", "please ensure", "you must", "failure to", "kindly", "going forward", "customer",
    "service user", "explore", "look into", "click", "invalid", "error",
  ]

  /// Words in capitals that nobody is told to send to the landlord.
  static let noKeywords = ["REGISTER", "SMS", "UK", "OK", "PIN", "AB"]

  @Test func `nothing stands against publishing them, and every example runs`() {
    #expect(Self.report.findings.map(\.description) == [])
    let ids = Set(Self.report.library?.conversationIDs ?? [])
    #expect(
      ids.isSuperset(of: [
        "complain", "door-check", "door-visit", "golden-thread", "ideas", "learn",
        "meeting-invitation", "meeting-minutes", "meetings", "not-understood", "peep", "quick-poll",
        "report", "tsm", "voucher-claim", "welcome", "works", "works-plan", "works-times",
        "you-said-we-did",
      ]))
    #expect(Self.report.examples >= 300)
    #expect(Self.texts.count > 900)
  }

  @Test(arguments: texts)
  func `a text is at most two parts with the landlord's name before it`(text: ShippedText) {
    #expect(Segments(of: "Elm Homes: " + text.words).parts <= 2)
  }

  /// The tenant survey's wording is the regulator's, and locked: it is exempt.
  @Test(arguments: texts.filter { $0.language == "en" && $0.file != "tsm" })
  func `an English text is plain, short in its sentences and cheap to send`(text: ShippedText) {
    #expect(Segments.costly(in: text.words).isEmpty)
    #expect(text.longestSentence <= 15, "\(text.words)")
    let words = " " + Folding.words(text.words).joined(separator: " ") + " "
    #expect(Self.unwelcome.filter { words.contains(" \($0) ") } == [])
    #expect(!text.words.contains("www") && !text.words.contains("http"))
  }

  @Test func `a file that holds a translation says that it needs a native check`() {
    for (name, text) in Self.files where text.contains("\nlanguages: en, ") {
      #expect(text.contains("needs a native check"), "\(name)")
    }
  }

  @Test func `every word that a text tells people to send does something`() throws {
    let library = try #require(Self.report.library)
    for text in Self.texts {
      for word in text.wordsInCapitals where !Self.noKeywords.contains(word) {
        let reading = Matcher.read(
          word, choice: nil, question: nil, ownKeywords: nil, on: someTuesday, sureOnly: false,
          keywords: library.keywords, vocabulary: library.vocabulary,
          fitsFirstQuestion: { _, _ in false })
        switch reading {
        case .engineWord: continue
        case .keyword(_, let rest): #expect(rest.isEmpty, "\(word) in \(text.words)")
        default: Issue.record("\(word) does nothing, but \(text.file) says: \(text.words)")
        }
      }
    }
  }
}

/// What the conversation about the building's safety never does.
@Suite struct ShippedSafetyTests {
  /// Words that reach each of its texts from an open menu or from nothing at all.
  static let ways = [
    ["WHO"], ["DOORS"], ["CLADDING"], ["ALARM"], ["SMOKE"], ["FIRE"], ["STAY"], ["EVACUATE"],
    ["RULES"], ["CERT"], ["ASK"], ["WORRY"], ["GOLDEN", "1"], ["GOLDEN", "2"], ["GOLDEN", "3"],
    ["GOLDEN", "4"], ["GOLDEN", "5"], ["GOLDEN", "6", "is it safe"], ["GOLDEN", "7", "a crack"],
    ["GOLDEN", "what", "what"],
  ]

  /// What is said on the way, with these values known beside the usual ones.
  private func said(_ way: [String], knowing values: [String: String?] = [:]) throws -> [String] {
    let library = try #require(ShippedConversationsTests.report.library)
    var runner = ExampleRunner(library: library, restoresBetweenTurns: true)
    for (name, value) in values { #expect(runner.play(.person(name, value)) == nil) }
    var said: [String] = []
    for words in way {
      runner.unread = []
      #expect(runner.play(.resident(words)) == nil)
      #expect(!runner.unread.isEmpty, "\(words) is answered")
      said += runner.unread.map(\.text)
    }
    return said
  }

  /// Every fact and measure of a tall building, as if all were signed and in date.
  static let tall: [String: String?] = [
    "building height": "30", "storeys": "10", "accountable person": "Elm Homes",
    "cladding result": "no cladding that can burn", "day of cladding result": "2026-05-12",
    "cladding plan": "none", "safety certificate": "given", "fire plan": "get out",
    "day of fire plan": "2026-05-12",
  ]

  @Test(arguments: ways)
  func `a fact that nobody signed is not told, however tall the building`(way: [String]) throws {
    var unsigned = Self.tall
    for name in BuildingFact.names + BuildingFact.names.map({ "day of " + $0 }) {
      unsigned[name] = String?.none
    }
    for text in try said(way, knowing: unsigned).map({ $0.lowercased() }) {
      for claim in ["leave now", "safer to stay", "our check on", "burn", "given.", "12 may"] {
        #expect(!text.contains(claim), "\(text)")
      }
    }
  }

  @Test(arguments: [
    ("stay put", "usually safer to stay in"), ("get out", "leave now"),
    ("ask Sam", "should be on a notice"), (nil, "should be on a notice"),
  ])
  func `the signed fire plan alone decides what people are told to do`(
    plan: String?, words: String
  ) throws {
    let texts = try said(["FIRE"], knowing: ["fire plan": plan])
    #expect(texts.joined(separator: " ").contains(words), "\(texts)")
    #expect(try #require(texts.first).prefix(60).contains("now? Call 999."))
  }

  @Test(arguments: ways)
  func `no text tells people to stay or to go, or that a building is safe`(way: [String]) throws {
    for text in try said(way).map({ $0.lowercased() }) {
      for claim in [
        "stay put", "stay in", "get out", "leave now", "is safe", "are safe", "no cladding",
        "we checked", "we found", "oak tower", "your block is", "your block has",
      ] {
        #expect(!text.contains(claim), "\(text)")
      }
    }
  }

  @Test(arguments: ["Wales", "Scotland", "Northern Ireland", nil])
  func `English law is told in England only`(nation: String?) throws {
    for way in Self.ways {
      var values = Self.tall
      values["nation"] = .some(nation)
      for text in try said(way, knowing: values) {
        for law in ["law", "Accountable", "Regulator", "metres", "aged 16", "tall block", "floors"]
        {
          #expect(!text.contains(law), "\(text)")
        }
      }
    }
  }

  @Test(arguments: ["FIRE", "fire", "Fire!!", "STAY", "evacuate", "SMOKE", "fire please help"])
  func `a bare FIRE or SMOKE is first of all answered with 999`(words: String) throws {
    let text = try #require(said([words]).first)
    #expect(text.prefix(60).contains("now? Call 999."), "\(text)")
  }
}

/// One text that ships.
struct ShippedText: Sendable, CustomTestStringConvertible {
  let file: String
  let language: String
  let words: String

  var testDescription: String { "\(file) \(language): \(words)" }

  /// How many words the longest sentence has; numbered choices are none.
  var longestSentence: Int {
    let text = words.prefix(upTo: words.range(of: " 1 ")?.lowerBound ?? words.endIndex)
    return text.split(whereSeparator: { ".?!\n".contains($0) })
      .map { $0.split(separator: " ").count }.max() ?? 0
  }

  /// The runs of words in capitals, two letters or more: what people are told to send.
  var wordsInCapitals: [String] {
    words.matches(of: /\b\p{Lu}{2,}(?: \p{Lu}{2,})*\b/).map { String($0.output) }
  }

  /// Every text of a conversation, a question with its choices, conditions taken as true.
  static func texts(of program: Program) -> [ShippedText] {
    var texts: [ShippedText] = []
    func add(_ wording: Wording?, choices: [Ask.Choice] = []) {
      for variant in wording?.variants ?? [] {
        var words = variant.template.plain.replacing("{phone}", with: "01632 960 123")
          .replacing("{landlord}", with: "Elm Homes")
        for (index, choice) in choices.enumerated() {
          let label = choice.label.template(language: variant.language, channel: "sms")?.plain
          words += " \(index + 1) \(label ?? "")"
        }
        texts.append(
          ShippedText(
            file: program.id, language: program.languages[variant.language], words: words))
      }
    }
    for statement in program.steps.flatMap(\.statements) {
      if let say = statement as? Say { add(say.wording) }
      guard let ask = statement as? Ask else { continue }
      for wording in [ask.wording, ask.retry, ask.reminder?.wording] {
        add(wording, choices: ask.showsChoices ? ask.choices : [])
      }
    }
    return texts
  }
}
