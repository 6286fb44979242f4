/// `engine.txt` or `common-words.txt` as its lines say it, before anyone asks what the keys mean.
///
/// A line at the left edge is `key: value`; deeper lines go on with the value; a deeper line that
/// starts with a declared language code begins that language's value; `note:` is a comment.
struct WordsFile {
  /// The largest file, in bytes.
  static let limitInBytes = 65_536

  /// The most languages that a file may declare.
  private static let limitInLanguages = 40

  /// A key with its values by language.
  struct Entry {
    var key: String
    var line: Int
    var blocks: [Block]
  }

  /// One language's value, as lines.
  struct Block {
    /// The language's code; that of the source language for the first block.
    var language: String
    var line: Int
    var lines: [String]
  }

  var name: String
  var languages: [EngineTexts.Language] = []
  var entries: [Entry] = []
  var problems: [WordsProblem] = []
  private var lineOfKey: [String: Int] = [:]

  /// Reads the lines; `title` is the key that the first line must have.
  init(name: String, text: String, title: String) {
    self.name = name
    guard text.utf8.count <= Self.limitInBytes else {
      report(0, "the file is over 64 KiB", "make it shorter")
      return
    }
    let lines = Self.lines(of: text)
    readLanguages(lines)
    for (index, line) in lines.enumerated() { read(line, number: index + 1) }
    if entries.first?.key != title {
      report(1, "the file does not begin with \"\(title):\"", "make \"\(title):\" the first line")
    }
    readSettings(title)
  }

  /// Adds a problem.
  mutating func report(_ line: Int, _ what: String, _ fix: String) {
    problems.append(WordsProblem(file: name, line: line, what: what, fix: fix))
  }

  private mutating func readLanguages(_ lines: [String]) {
    for (index, line) in lines.enumerated() where line.hasPrefix("languages:") {
      for item in line.dropFirst("languages:".count).split(separator: ",") {
        let parts = item.split(separator: " ", maxSplits: 1).map(String.init)
        let code = parts.first ?? ""
        guard Self.isLanguageCode(code), languages.count < Self.limitInLanguages,
          !languages.contains(where: { $0.code == code })
        else {
          report(
            index + 1, "\"\(code)\" is not a new language code",
            "write each language once, such as: languages: en English, cy Cymraeg")
          continue
        }
        languages.append(.init(code: code, name: parts.count > 1 ? Self.trim(parts[1]) : code))
      }
      return
    }
    report(1, "the file does not say its languages", "add a line such as: languages: en, cy")
  }

  private mutating func readSettings(_ title: String) {
    if let format = entries.first(where: { $0.key == "format" }) {
      if format.blocks.first?.lines != ["1"] {
        report(format.line, "the format is not 1", "write: format: 1")
      }
    } else {
      report(1, "the file does not say its format", "add the line: format: 1")
    }
    let settings = [title, "format", "languages"]
    entries.removeAll { settings.contains($0.key) }
  }

  private mutating func read(_ line: String, number: Int) {
    let words = Self.trim(line)
    guard !words.isEmpty else {
      addToLastBlock("")
      return
    }
    guard !words.hasPrefix("note:") else { return }
    if line.first == " " {
      readDeeper(words, number: number)
    } else if let colon = words.firstIndex(of: ":") {
      let key = words[..<colon].split(separator: " ").joined(separator: " ").lowercased()
      if let earlier = lineOfKey.updateValue(number, forKey: key) {
        report(number, "\"\(key)\" stands twice, first in line \(earlier)", "keep one of the two")
      }
      let value = Self.trim(String(words[words.index(after: colon)...]))
      let source = languages.first?.code ?? ""
      let block = Block(language: source, line: number, lines: value.isEmpty ? [] : [value])
      entries.append(Entry(key: key, line: number, blocks: [block]))
    } else {
      report(
        number, "this line at the left edge has no colon",
        "indent it if it goes on with the line above, or begin it with note:")
    }
  }

  private mutating func readDeeper(_ words: String, number: Int) {
    guard let entry = entries.indices.last else {
      report(number, "this line belongs to nothing", "start it at the left edge")
      return
    }
    guard let colon = words.firstIndex(of: ":"), Self.isLanguageCode(String(words[..<colon]))
    else {
      addToLastBlock(words)
      return
    }
    let code = String(words[..<colon])
    guard languages.contains(where: { $0.code == code }) else {
      report(
        number, "\"\(code)\" is not a declared language",
        "add it to the line languages:, or begin this line with another word")
      return
    }
    if entries[entry].blocks.contains(where: { $0.language == code }) {
      report(number, "\"\(code)\" stands twice here", "keep one of the two")
    }
    let value = Self.trim(String(words[words.index(after: colon)...]))
    let block = Block(language: code, line: number, lines: value.isEmpty ? [] : [value])
    entries[entry].blocks.append(block)
  }

  private mutating func addToLastBlock(_ words: String) {
    guard let entry = entries.indices.last, let block = entries[entry].blocks.indices.last else {
      return
    }
    if words.isEmpty, entries[entry].blocks[block].lines.isEmpty { return }
    entries[entry].blocks[block].lines.append(words)
  }
}
