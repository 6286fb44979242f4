import Messaging

/// A keyword as its line has it: the language and the step are looked up when all lines are read.
struct WrittenKeyword {
  let words: String
  let line: Int
  /// The code in front of the line; nil for the source language.
  let code: String?
  /// The name of the step that it leads to; nil for the first.
  let step: String?
}

/// The lines at the head of a file, before its steps are known to lead anywhere.
struct Settings {
  var title = ""
  var owner = ""
  var purpose = ""
  var messageClass = MessageClass.engagement
  var answers: AnswerPrivacy?
  var startFrom: [StartSource] = []
  var forgetAfter: Duration?
  var allowed: [String] = []
  /// Keywords as written.
  var keywords: [WrittenKeyword] = []
  /// The named lists of choices, read once the languages are known.
  var choiceLists: [SourceNode] = []
  /// The condition of `only for` and the node that holds it, read once the languages are known.
  var gate: SourceNode?
  /// What staff fill in when they start it.
  var fillIns: [FillIn] = []
  private var seen: Set<String> = []

  /// The settings that the core of the language knows.
  static let names = [
    "conversation", "format", "owner", "purpose", "class", "start when they text", "start from",
    "languages", "answers", "forget after", "only for", "staff fill in", "lint allow",
  ]

  /// Takes one setting; false for a line that is none.
  mutating func take(_ node: SourceNode, _ reader: inout FileReader) -> Bool {
    guard let (name, value) = node.text.cut(at: ":"),
      node.text.hasPrefix("conversation:") || name.utf8.count <= 40
    else { return false }
    if name == "choices" || name.hasPrefix("choices ") {
      choiceLists.append(node)
      return true
    }
    guard Self.names.contains(name) else { return false }
    if !seen.insert(name).inserted {
      reader.report(
        "E109", node.line, "“\(name):” is there twice", fix: "keep one of the two lines")
    }
    if name != "start when they text", name != "only for" { reader.refuseChildren(of: node) }
    take(name, value, node, &reader)
    return true
  }

  private mutating func take(
    _ name: String, _ value: String, _ node: SourceNode, _ reader: inout FileReader
  ) {
    if value.isEmpty, name != "start when they text" {
      reader.report("E110", node.line, "“\(name):” says nothing", fix: "write its value after it")
      return
    }
    switch name {
    case "conversation": title = value
    case "owner": owner = reader.team(value, line: node.line)
    case "purpose": purpose = value
    case "format":
      if value != "1" {
        reader.report("E111", node.line, "format \(value) is not known", fix: "write “format: 1”")
      }
    case "class": messageClass = takeClass(value, node, &reader)
    case "answers": answers = Self.one(value, of: AnswerPrivacy.allCases, node, &reader)
    case "start from":
      startFrom = value.parts(between: ",").compactMap {
        Self.one($0, of: StartSource.allCases, node, &reader)
      }
    case "languages": takeLanguages(value, node, &reader)
    case "forget after": forgetAfter = reader.duration(value, line: node.line)
    case "staff fill in": fillIns = FillIn.read(value, line: node.line, &reader)
    case "lint allow": allowed = FindingKind.allowed(value, line: node.line, &reader)
    case "start when they text": takeKeywords(value, node, &reader)
    default: gate = node
    }
  }

  private func takeClass(
    _ value: String, _ node: SourceNode, _ reader: inout FileReader
  ) -> MessageClass {
    switch value {
    case "safety": .safety
    case "service": .service
    case "engagement": .engagement
    default: reportClass(value, node, &reader)
    }
  }

  private func reportClass(
    _ value: String, _ node: SourceNode, _ reader: inout FileReader
  ) -> MessageClass {
    let classes = ["safety", "service", "engagement"]
    reader.report(
      "E112", node.line, "“\(value)” is not a class of message",
      fix: Spelling.offer(value, among: classes, else: "use one of the classes"))
    return .engagement
  }

  private static func one<Value: RawRepresentable<String>>(
    _ word: String, of all: [Value], _ node: SourceNode, _ reader: inout FileReader
  ) -> Value? {
    if let value = all.first(where: { $0.rawValue == word }) { return value }
    reader.report(
      "E112", node.line, "“\(word)” is not known here",
      fix: Spelling.offer(word, among: all.map(\.rawValue), else: "use one of the known words"))
    return nil
  }

  private func takeLanguages(_ value: String, _ node: SourceNode, _ reader: inout FileReader) {
    let codes = value.parts(between: ",")
    for code in codes where !FileReader.languageCodes.contains(code) {
      reader.report(
        "E113", node.line, "“\(code)” is not a language code",
        fix: "use codes such as en, cy, pl, with commas between them")
    }
    if Set(codes).count != codes.count || codes.count > 12 {
      reader.report(
        "E113", node.line, "the list of languages repeats one or is longer than 12",
        fix: "name each language once")
    } else {
      reader.languages = codes
    }
  }

  /// Keywords on the line itself, then translations and lines that send keywords to a step.
  private mutating func takeKeywords(
    _ value: String, _ node: SourceNode, _ reader: inout FileReader
  ) {
    add(value, line: node.line, code: nil, step: nil, &reader)
    for child in node.children.flatMap(\.flattened) {
      var text = child.text
      var code: String?
      if let (head, words) = text.cut(at: ":") {
        guard FileReader.languageCodes.contains(head) else {
          reader.report(
            "E114", child.line, "“\(head)” is not a language",
            fix: "write keywords with commas between them, and “-> step” after them")
          continue
        }
        code = head
        text = words
      }
      let (words, step) = text.cut(at: "->").map { ($0.before, $0.after as String?) } ?? (text, nil)
      if step == nil, code == nil {
        reader.report(
          "E114", child.line, "these keywords lead to no step",
          fix: "put them on the line above, or write “-> step” after them")
      }
      add(words, line: child.line, code: code, step: step, &reader)
    }
  }

  private mutating func add(
    _ list: String, line: Int, code: String?, step: String?, _ reader: inout FileReader
  ) {
    for words in list.parts(between: ",") where !words.isEmpty {
      if reader.vocabulary.isReserved(words) {
        reader.report(
          "E217", line, "“\(words)” is a word that opts people out, so it cannot be a keyword",
          fix: "choose another word")
      }
      if words.utf8.count > 40 {
        reader.report("E115", line, "this keyword is too long", fix: "use one to three short words")
      }
      keywords.append(WrittenKeyword(words: words, line: line, code: code, step: step))
    }
  }
}
