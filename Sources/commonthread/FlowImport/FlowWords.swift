import Engine

/// Words of a flow as a conversation file can hold them.
enum FlowWords {
  /// The language codes of ISO 639-3 that a conversation has two letters for.
  static let languages = [
    "eng": "en", "cym": "cy", "pol": "pl", "ron": "ro", "urd": "ur", "ben": "bn", "pan": "pa",
    "guj": "gu", "tam": "ta", "hin": "hi", "ara": "ar", "som": "so", "por": "pt", "spa": "es",
    "fra": "fr", "ita": "it", "lit": "lt", "lav": "lv", "tur": "tr", "fas": "fa", "kur": "ku",
    "tir": "ti", "amh": "am", "zho": "zh", "yue": "yue", "sqi": "sq", "ukr": "uk", "rus": "ru",
    "bul": "bg", "ces": "cs", "slk": "sk", "hun": "hu", "gla": "gd", "gle": "ga", "vie": "vi",
    "pus": "ps", "nep": "ne", "deu": "de", "nld": "nl", "ell": "el", "tha": "th", "kor": "ko",
    "jpn": "ja",
  ]

  /// The opt-out words, which no conversation may claim.
  static let reserved: Set<String> = [
    "stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "optout", "opt out",
    "revoke",
  ]

  /// A name for a question, step or choice: small letters, digits and spaces; empty where nothing is
  /// left.
  static func name(_ text: String) -> String {
    var words: [String] = []
    var word = ""
    for scalar in text.lowercased().unicodeScalars.prefix(200) {
      if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        word.unicodeScalars.append(scalar)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    while words.joined(separator: " ").utf8.count > 36 {
      guard words.count > 1 else { return "" }
      words.removeLast()
    }
    return words.joined(separator: " ")
  }

  /// One line without what the language would read as its own: for labels, ids' synonyms and notes.
  static func plain(_ text: String) -> String {
    var line = ""
    for character in text {
      switch character {
      case "{": line += "("
      case "}": line += ")"
      case "\u{2010}"..."\u{2015}", "\u{2212}": line += "-"
      default: line += character.isWhitespace || character.isNewline ? " " : String(character)
      }
    }
    line = line.split(separator: " ").joined(separator: " ")
    for arrow in ["->", "\u{2192}", "\u{27A1}", "\u{21D2}"] {
      line = line.split(separator: arrow, omittingEmptySubsequences: false).joined(separator: ">")
    }
    return String(line.prefix(1500))
  }

  /// The words of a message in lines, the first for the line of the statement itself.
  ///
  /// `value` gives what stands for an expression, such as `{age or "-"}`.
  static func lines(_ text: String, value: (String) -> String) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline).map { filled(String($0), value: value) }
      .filter { !$0.isEmpty }
    return lines.map(harmless)
  }

  /// A line that begins with a word of the language begins with a capital instead.
  private static func harmless(_ line: String) -> String {
    if line.hasPrefix("-") { return "*" + line.dropFirst() }
    guard let first = line.first, first.isLowercase else { return line }
    let head = line.prefix { $0 != ":" }
    let begins = ["if ", "picture ", "not understood", "remind ", "no answer ", "list", "note"]
    let isCode = head.count < line.count && head.utf8.count <= 16
    guard isCode || begins.contains(where: line.hasPrefix) else { return line }
    return first.uppercased() + line.dropFirst()
  }

  /// The line with expressions replaced: `@results.age`, `@(upper(contact.name))`; `@@` is an `@`.
  private static func filled(_ line: String, value: (String) -> String) -> String {
    var result = ""
    var rest = line[...]
    while let at = rest.firstIndex(of: "@") {
      result += plainEdges(rest[..<at])
      rest = rest[rest.index(after: at)...]
      if rest.first == "@" {
        result += "@"
        rest = rest.dropFirst()
      } else if rest.first == "(" {
        var depth = 0
        let inside = rest.prefix { character in
          if character == "(" { depth += 1 }
          if character == ")" { depth -= 1 }
          return depth > 0
        }
        result += value(String(inside.dropFirst()))
        rest = rest[inside.endIndex...].dropFirst()
      } else {
        var path = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        while path.last == "." { path = path.dropLast() }
        let known = ["contact", "results", "fields", "input", "urns", "parent", "child", "globals"]
        if let root = path.split(separator: ".").first, known.contains(String(root)) {
          result += value(String(path))
          rest = rest[path.endIndex...]
        } else {
          result += "@"
        }
      }
    }
    return (result + plainEdges(rest)).split(separator: " ").joined(separator: " ")
  }

  /// The words made plain, with the spaces around them kept as one.
  private static func plainEdges(_ words: Substring) -> String {
    let inner = plain(String(words))
    guard !inner.isEmpty else { return words.isEmpty ? "" : " " }
    return (words.first?.isWhitespace == true ? " " : "") + inner
      + (words.last?.isWhitespace == true ? " " : "")
  }
}
