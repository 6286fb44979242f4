import Messaging

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
  /// Keywords as written, with the line, language and the name of the step they lead to.
  var keywords: [(words: String, line: Int, language: Int, step: String?)] = []
  /// The condition of `only for` and the node that holds it, read once the languages are known.
  var gate: SourceNode?
  private var seen: Set<String> = []

  /// The settings that the core of the language knows.
  static let names = [
    "conversation", "format", "owner", "purpose", "class", "start when they text", "start from",
    "languages", "answers", "forget after", "only for", "lint allow",
  ]
  private static let later = ["staff fill in", "choices"]

  /// Takes one setting; false for a line that is none.
  mutating func take(_ node: SourceNode, _ reader: inout FileReader) -> Bool {
    guard let (name, value) = node.text.cut(at: ":"),
      node.text.hasPrefix("conversation:") || name.utf8.count <= 40
    else { return false }
    if let later = Self.later.first(where: { name.hasPrefix($0) }) {
      reader.report(
        "E104", node.line, "“\(later)” is not yet supported", fix: "leave this setting out")
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
    case "lint allow":
      allowed = value.parts(between: ",").map { String($0.prefix { $0 != " " }) }
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
    add(value, line: node.line, language: 0, step: nil, &reader)
    for child in node.children.flatMap(\.flattened) {
      var text = child.text
      var language = 0
      if let (code, words) = text.cut(at: ":") {
        guard FileReader.languageCodes.contains(code) else {
          reader.report(
            "E114", child.line, "“\(code)” is not a language",
            fix: "write keywords with commas between them, and “-> step” after them")
          continue
        }
        // The languages may stand below this line, so the code is looked up when all is read.
        keywordCodes.append((code, child.line))
        language = -keywordCodes.count
        text = words
      }
      let (words, step) = text.cut(at: "->").map { ($0.before, $0.after as String?) } ?? (text, nil)
      if step == nil, language == 0 {
        reader.report(
          "E114", child.line, "these keywords lead to no step",
          fix: "put them on the line above, or write “-> step” after them")
      }
      add(words, line: child.line, language: language, step: step, &reader)
    }
  }
  private var keywordCodes: [(code: String, line: Int)] = []

  private mutating func add(
    _ list: String, line: Int, language: Int, step: String?, _ reader: inout FileReader
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
      keywords.append((words, line, language, step))
    }
  }

  /// The place of a keyword's language among the declared ones; an undeclared one is reported.
  func language(of index: Int, _ reader: inout FileReader) -> Int {
    guard index < 0, keywordCodes.indices.contains(-index - 1) else { return 0 }
    let (code, line) = keywordCodes[-index - 1]
    if let place = reader.languages.firstIndex(of: code) { return place }
    reader.report(
      "E206", line, "“\(code)” is not among this file's languages",
      fix: "add it to “languages:”, or leave this line out")
    return 0
  }
}
