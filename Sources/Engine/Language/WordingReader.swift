/// Reads blocks of wording with their translations and channel variants.
extension FileReader {
  /// Languages that a line of wording may seem to begin with; those that the file does not declare
  /// are refused there, so that a translation is never read out as part of the source.
  static let languageCodes: Set<String> = [
    "en", "cy", "pl", "ro", "ur", "bn", "pa", "gu", "ta", "hi", "ar", "so", "pt", "es", "fr", "it",
    "lt", "lv", "tr", "fa", "ku", "ti", "am", "zh", "yue", "sq", "uk", "ru", "bg", "cs", "sk", "hu",
    "gd", "ga", "vi", "ps", "ne", "de", "nl", "el", "th", "ko", "ja",
  ]

  /// Reads wording: `words` on the line itself, then the lines under it.
  ///
  /// `line` is where it begins. Empty wording, an undeclared language, a missing translation and a
  /// mistake in a value or condition are reported. `written` is the same as it stands in the file,
  /// where something was cut off it before.
  mutating func wording(
    _ words: String, lines nodes: [SourceNode], line: Int,
    written: (words: String, nodes: [SourceNode])? = nil
  ) -> Wording {
    if wordingPlaces != nil {
      let place = place(of: written?.words ?? words, lines: written?.nodes ?? nodes, line: line)
      wordingPlaces?.append(place)
    }
    var source: [SourceNode] = []
    if !words.isEmpty {
      source.append(SourceNode(line: line, indent: 0, text: words, followsBlank: false))
    }
    var variants: [Wording.Variant] = []
    for node in nodes {
      if let header = variantHeader(node) {
        var lines = node.children.flatMap(\.flattened)
        if !header.words.isEmpty {
          lines.insert(
            SourceNode(line: node.line, indent: 0, text: header.words, followsBlank: false), at: 0)
        }
        guard let language = header.language else { continue }
        add(lines, header.channel, language, node.line, to: &variants)
      } else if variants.isEmpty {
        source += node.flattened
      } else {
        report(
          "E207", node.line, "words after a translation would belong to no language",
          fix: "move them above the translation, or indent them under it")
      }
    }
    add(source, nil, 0, line, to: &variants, atStart: true)
    reportMissingTranslations(variants, line: line)
    return Wording(line: line, variants: variants)
  }

  private mutating func add(
    _ lines: [SourceNode], _ channel: String?, _ language: Int, _ line: Int,
    to variants: inout [Wording.Variant], atStart: Bool = false
  ) {
    guard !lines.isEmpty else {
      report("E201", line, "there are no words here", fix: "write what is to be said")
      return
    }
    guard !variants.contains(where: { $0.channel == channel && $0.language == language }) else {
      report("E208", line, "this wording is given twice", fix: "keep one of the two")
      return
    }
    let variant = Wording.Variant(
      channel: channel, language: language, line: line, template: template(lines))
    variants.insert(variant, at: atStart ? 0 : variants.count)
  }

  private mutating func reportMissingTranslations(_ variants: [Wording.Variant], line: Int) {
    for (index, code) in languages.enumerated() where index > 0 {
      guard !variants.contains(where: { $0.language == index && $0.channel == nil }) else {
        continue
      }
      report(
        "E205", line, "there is no “\(code)” translation of this wording",
        fix: "add a line “\(code): …” under it, or leave \(code) out of “languages:”")
    }
  }

  /// What `cy:`, `sms:` or `sms cy:` at the start of a line announces; nil for other lines.
  ///
  /// The language is nil, and reported, when the file does not declare it.
  private mutating func variantHeader(
    _ node: SourceNode
  ) -> (channel: String?, language: Int?, words: String)? {
    guard let (head, words) = node.text.cut(at: ":"), let found = variant(announcedBy: head) else {
      return nil
    }
    if let word = found.undeclared {
      report(
        "E206", node.line, "“\(word)” is not among this file's languages",
        fix: "add it to “languages:”, or begin the line with another word")
    }
    return (found.channel, found.undeclared == nil ? found.language : nil, words)
  }

  /// The channel and the language that the words before a colon announce; nil for words of the text.
  ///
  /// `undeclared` is a language that the file does not declare.
  func variant(
    announcedBy head: String
  ) -> (channel: String?, language: Int, undeclared: String?)? {
    guard head.utf8.count <= 16 else { return nil }
    var channel: String?
    var language = 0
    var undeclared: String?
    for word in head.split(separator: " ").map(String.init) {
      if channel == nil, ChannelStyle.kinds.contains(word) {
        channel = word
      } else if let index = languages.firstIndex(of: word) {
        language = index
      } else if Self.languageCodes.contains(word) {
        undeclared = word
      } else {
        return nil
      }
    }
    return (channel, language, undeclared)
  }

  /// Cuts words that stand on one line into pieces; empty ones into none.
  mutating func template(_ words: String, line: Int) -> Template {
    guard !words.isEmpty else { return Template(segments: []) }
    return template([SourceNode(line: line, indent: 0, text: words, followsBlank: false)])
  }

  /// Cuts lines of wording into pieces.
  mutating func template(_ lines: [SourceNode]) -> Template {
    var segments: [Template.Segment] = []
    for node in lines {
      var words = node.text
      var condition: Condition?
      var picture: String?
      if let rest = node.text.after("if "), let (test, then) = rest.cut(at: ":") {
        condition = self.condition(test, line: node.line)
        words = then
      } else if let (file, alt) = node.text.after("picture ")?.cut(at: ":"), !file.contains(" ") {
        checkPicture(file, alt, line: node.line)
        (picture, words) = (file, alt)
      }
      segments.append(
        Template.Segment(
          condition: condition, startsLine: node.followsBlank,
          pieces: pieces(words, line: node.line), picture: picture))
    }
    return Template(segments: segments)
  }

  /// Cuts one line into words and values.
  private mutating func pieces(_ words: String, line: Int) -> [Template.Piece] {
    var pieces: [Template.Piece] = []
    var rest = words[...]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else {
        report("E202", line, "a “{” is not closed", fix: "write the value as {name}")
        break
      }
      if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
      pieces.append(value(String(rest[rest.index(after: open)..<close]), line: line))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }

  private mutating func value(_ inside: String, line: Int) -> Template.Piece {
    let halves = inside.parts(between: " or ")
    guard halves.count <= 2, ValueName.isValid(halves[0]) else {
      report(
        "E203", line, "{\(inside)} is not a value",
        fix: "write {name}, or {name or \"words\"} with what to say when it is not known")
      return .text("")
    }
    return .value(halves[0], fallback: halves.count == 2 ? halves[1].unquoted : nil)
  }

  /// Reads a condition, or reports it and gives one that never holds.
  mutating func condition(_ text: String, line: Int) -> Condition {
    switch Condition.read(text) {
    case .success(let condition): return condition
    case .failure(.mixed):
      report(
        "E210", line, "“and” and “or” are mixed in one condition",
        fix: "write two lines, one for each side of the “or”")
    case .failure(.unreadable(let part)):
      report(
        "E211", line, "“\(part)” is not a condition",
        fix: "write a name, “is”, and a word, or several words in quotation marks")
    }
    return Condition(comparisons: [], needsAll: false)
  }
}
