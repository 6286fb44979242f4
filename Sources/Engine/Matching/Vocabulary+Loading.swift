import Messaging

extension Vocabulary {
  /// The key that `engine.txt` begins with.
  static let engineTitle = "engine"
  /// The key that `common-words.txt` begins with.
  static let commonWordsTitle = "common words"

  /// Reads the two files; nil when there is any problem.
  ///
  /// `extraDangerWords` are the landlord's own, beside those of `engine.txt`; one without letters is
  /// never found. What the gateway says is read by `EngineTexts.load`.
  public static func load(
    engine: (name: String, text: String), commonWords: (name: String, text: String),
    extraDangerWords: [String] = []
  ) -> (Vocabulary?, [WordsProblem]) {
    var vocabulary = Vocabulary()
    var file = WordsFile(name: engine.name, text: engine.text, title: engineTitle)
    for entry in file.entries { vocabulary.readEngine(entry, in: &file) }
    vocabulary.checkEngine(in: &file)
    for words in extraDangerWords {
      vocabulary.danger.insert(Folding.words(words), true)
    }

    var common = WordsFile(
      name: commonWords.name, text: commonWords.text, title: commonWordsTitle)
    var numbers = NumberWords()
    for entry in common.entries { vocabulary.readCommon(entry, &numbers, in: &common) }
    vocabulary.take(numbers)
    vocabulary.checkShared(in: &common)
    let problems = file.problems + common.problems
    return (problems.isEmpty ? vocabulary : nil, problems)
  }

  private mutating func readEngine(_ entry: WordsFile.Entry, in file: inout WordsFile) {
    let phrases = phrases(of: entry, in: &file)
    switch entry.key {
    case "danger": for phrase in phrases { danger.insert(phrase.words, true) }
    case "not danger": for phrase in phrases { danger.insert(phrase.words, false) }
    case "near stop": for phrase in phrases { nearStop.insert(phrase.words, true) }
    case "near stop alone":
      nearStopAlone.formUnion(phrases.filter { !$0.words.isEmpty }.map(\.key))
      nearStopSymbols.formUnion(phrases.flatMap(\.symbols))
    case let key where key.hasPrefix("say "): break
    case let key where key.hasPrefix("word "):
      guard let word = EngineWord(rawValue: String(key.dropFirst("word ".count))) else {
        let names = EngineWord.allCases.map(\.rawValue).joined(separator: ", ")
        file.report(entry.line, "the gateway has no \"\(key)\"", "use one of: \(names)")
        return
      }
      for phrase in phrases { claim(phrase.words.joined(), for: word, at: entry, in: &file) }
    default:
      file.report(
        entry.line, "\"\(entry.key)\" is not known here",
        "use word, say, danger, not danger, near stop or near stop alone")
    }
  }

  /// What no landlord may be without: the words that every provider and the law of opting out know,
  /// a word for everything else the gateway does, and danger words.
  private func checkEngine(in file: inout WordsFile) {
    let known = [
      "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke",
    ]
    let needed =
      known.map { ($0, EngineWord.stop) } + [("start", .start), ("unstop", .start)]
      + EngineWord.allCases.map { ($0.rawValue, $0) }
    for (word, meaning) in needed where engineWords[word] != meaning {
      file.report(
        0, "\"\(word)\" is missing",
        "add it to the line that begins: word \(meaning.rawValue):")
    }
    if !file.entries.contains(where: { $0.key == "danger" && !$0.blocks.flatMap(\.list).isEmpty }) {
      file.report(0, "there are no danger words", "add a line such as: danger: on fire, gas leak")
    }
  }

  private mutating func claim(
    _ words: String, for word: EngineWord, at entry: WordsFile.Entry, in file: inout WordsFile
  ) {
    guard words.utf8.count <= Self.engineWordLimitInBytes else {
      file.report(entry.line, "\"\(words)\" is too long", "use at most 40 letters")
      return
    }
    if let other = engineWords[words], other != word {
      file.report(
        entry.line, "\"\(words)\" is already a word for \"\(other.rawValue)\"",
        "leave it out in one of the two")
    }
    engineWords[words] = word
  }

  private mutating func readCommon(
    _ entry: WordsFile.Entry, _ numbers: inout NumberWords, in file: inout WordsFile
  ) {
    let phrases = phrases(of: entry, in: &file)
    if let meaning = CalendarWords.meaning(ofKey: entry.key) {
      for phrase in phrases where !calendar.add(phrase.words, meaning) {
        file.report(
          entry.line, "\"\(phrase.key)\" already means another day or time",
          "leave it out in one of the two")
      }
      return
    }
    switch entry.key {
    case "vague": for phrase in phrases { vague.insert(phrase.words, true) }
    case "joining": joining.formUnion(phrases.flatMap(\.words))
    case "negation":
      negations.formUnion(phrases.map(\.key))
      fixed.formUnion(negations)
    case "no slip": fixed.formUnion(phrases.flatMap(\.words))
    case "prefix": prefixes += phrases.map(\.words)
    case "courtesy":
      for phrase in phrases {
        courtesies.insert(phrase.words, true)
        courtesiesReversed.insert(phrase.words.reversed(), true)
      }
    case let key where key.hasPrefix("number "):
      guard let number = Int(key.dropFirst("number ".count)), (0...1_000).contains(number) else {
        file.report(entry.line, "\"\(key)\" is not a number to 1000", "write, such as: number 2:")
        return
      }
      for phrase in phrases { count(phrase, as: number, at: entry, in: &file) }
      numbers.add(entry, number)
    case let key where key.hasPrefix("choice "):
      let id = key.dropFirst("choice ".count)
      let isAlone = id.hasSuffix(" alone")
      let words = Folding.words(String(isAlone ? id.dropLast(" alone".count) : id))
      share(phrases, with: words.joined(separator: " "), isAlone: isAlone)
    default:
      file.report(
        entry.line, "\"\(entry.key)\" is not known here",
        "use choice, number, vague, negation, joining, no slip, prefix, courtesy, month, weekday, day, "
          + "hour or when")
    }
  }

  private mutating func count(
    _ phrase: Phrase, as number: Int, at entry: WordsFile.Entry, in file: inout WordsFile
  ) {
    if let other = numbers[phrase.key], other != number {
      file.report(
        entry.line, "\"\(phrase.key)\" is already a word for \(other)",
        "leave it out in one of the two")
    }
    if phrase.words.isEmpty {
      for symbol in phrase.symbols { numberSymbols[symbol] = number }
    } else {
      numbers[phrase.key] = number
    }
  }

  private mutating func share(_ phrases: [Phrase], with id: String, isAlone: Bool) {
    for phrase in phrases {
      if phrase.words.isEmpty {
        shared[id, default: .init()].symbols += phrase.symbols
      } else if isAlone {
        shared[id, default: .init()].alone.append(phrase.words)
      } else {
        shared[id, default: .init()].phrases.append(phrase.words)
      }
    }
  }

  /// The same words for two choices would make every question with both of them deaf to these.
  private func checkShared(in file: inout WordsFile) {
    var owners: [String: String] = [:]
    for id in shared.keys.sorted() {
      guard let choice = shared[id] else { continue }
      let keys = (choice.phrases + choice.alone).map { $0.joined(separator: " ") } + choice.symbols
      for key in keys {
        if let owner = owners[key], owner != id {
          file.report(
            0, "\"\(key)\" stands for both \"\(owner)\" and \"\(id)\"",
            "leave it out in one of the two")
        }
        owners[key] = id
      }
    }
  }

  /// One item of a list, folded.
  private struct Phrase {
    var words: [String]
    var symbols: [String]
    var key: String { words.joined(separator: " ") }
  }

  private func phrases(of entry: WordsFile.Entry, in file: inout WordsFile) -> [Phrase] {
    guard !entry.key.hasPrefix("say ") else { return [] }
    let takesSymbols = ["choice ", "number ", "near stop alone"].contains {
      entry.key.hasPrefix($0)
    }
    var phrases: [Phrase] = []
    for block in entry.blocks {
      for item in block.list {
        let folded = FoldedReply(item)
        guard !folded.words.isEmpty || takesSymbols && !folded.symbols.isEmpty else {
          file.report(block.line, "\"\(item)\" holds no letters", "leave it out")
          continue
        }
        phrases.append(Phrase(words: folded.words, symbols: folded.symbols))
      }
    }
    return phrases
  }
}
