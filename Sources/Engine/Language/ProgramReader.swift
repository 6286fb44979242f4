import Messaging

/// Reads one conversation file into a program.
enum ProgramReader {
  /// The largest number of lines below the left edge that a conversation may have.
  static let lineLimit = 5000

  /// Reads a file and checks what can be checked within it; the program is nil when it has errors.
  ///
  /// `examples` are more of them, from the file beside it.
  static func read(
    file: String, text: String, hash: String, vocabulary: Vocabulary, examples: [Example] = [],
    runs: [String: String] = [:]
  ) -> (program: Program?, findings: [Diagnostic]) {
    var reader = FileReader(file: file, vocabulary: vocabulary)
    guard text.utf8.count <= SourceLines.sizeLimit else {
      reader.report(
        "E101", 0, "the file is larger than 256 KiB", fix: "split it into two conversations")
      return (nil, reader.findings)
    }
    let nodes = SourceLines.tree(of: Normal.nfc(text))
    guard nodes.reduce(0, { $0 + $1.flattened.count }) <= lineLimit else {
      reader.report(
        "E101", 0, "the file has more than 5,000 lines", fix: "split it into two conversations")
      return (nil, reader.findings)
    }
    let program = program(nodes, hash: hash, more: examples, runs: runs, &reader)
    var findings = reader.findings
    if findings.isEmpty {
      findings = ProgramChecker.findings(in: program)
    }
    findings.sort { ($0.line, $0.code) < ($1.line, $1.code) }
    return (findings.contains(where: \.isError) ? nil : program, findings)
  }

  /// Where the wording of a file stands, its examples aside, with its languages and lines; whatever
  /// else is wrong with it.
  static func wordings(
    file: String, text: String, vocabulary: Vocabulary
  ) -> (places: [WordingPlace], languages: [String], nodes: [SourceNode]) {
    var reader = FileReader(file: file, vocabulary: vocabulary, wordingPlaces: [])
    let nodes = SourceLines.tree(of: Normal.nfc(text)).filter { !$0.text.hasPrefix("example ") }
    guard nodes.reduce(0, { $0 + $1.flattened.count }) <= lineLimit else { return ([], [], []) }
    _ = program(nodes, hash: "", more: [], runs: [:], &reader)
    return (reader.wordingPlaces ?? [], reader.languages, nodes)
  }

  private static func program(
    _ nodes: [SourceNode], hash: String, more: [Example], runs: [String: String],
    _ reader: inout FileReader
  ) -> Program {
    var settings = Settings()
    var steps: [SourceNode] = []
    var examples: [SourceNode] = []
    if nodes.first?.text.hasPrefix("conversation:") != true {
      reader.report(
        "E108", nodes.first?.line ?? 0, "the file does not begin with its title",
        fix: "write “conversation: ” and the title on the first line")
    }
    for (index, node) in nodes.enumerated() {
      if let name = node.text.after("step ") {
        addStep(name, node, &steps, &reader)
      } else if node.text.hasPrefix("example ") {
        examples.append(node)
      } else if !settings.take(node, &reader) {
        reportUnknown(node, after: index > 0 ? nodes[index - 1] : nil, &steps, &reader)
      }
    }
    for list in settings.choiceLists { ChoiceList.read(list, &reader) }
    let compiled = zip(steps, reader.stepNames).map { node, name in
      if node.children.isEmpty {
        reader.report(
          "E311", node.line, "the step “\(name)” is empty",
          fix: "indent what happens in it under it, or write “end”")
      }
      return Program.Step(
        name: name, line: node.line, statements: reader.statements(node.children))
    }
    return assemble(
      settings, compiled, examples, more, hash: hash, runs: runs, first: nodes.first, &reader)
  }

  private static func addStep(
    _ name: String, _ node: SourceNode, _ steps: inout [SourceNode], _ reader: inout FileReader
  ) {
    let name = name.lowercased()
    if reader.stepNames.contains(name) {
      reader.report(
        "E116", node.line, "there are two steps called “\(name)”", fix: "rename one of them")
    }
    if !ValueName.isValid(name) {
      reader.report(
        "E116", node.line, "“\(name)” cannot be a step's name",
        fix: "use letters, digits, spaces and hyphens only")
    }
    reader.stepNames.append(name)
    steps.append(node)
  }

  /// Reports a line at the left edge, and takes a misspelt “step” for what was meant.
  private static func reportUnknown(
    _ node: SourceNode, after previous: SourceNode?, _ steps: inout [SourceNode],
    _ reader: inout FileReader
  ) {
    let head = node.text.cut(at: ":")?.before ?? String(node.text.prefix { $0 != " " })
    let near = Spelling.nearest(to: head, among: Settings.names + ["step", "example"])
    if let near { reader.meant.insert(near) }
    reader.report(
      "E102", node.line, "“\(node.text.prefix(40))” is not a setting, a step or an example",
      fix: near.map { "did you mean “\($0)”?" }
        ?? "indent it under what it belongs to, or begin it with a setting's name and a colon")
    if near == "step", let name = node.text.after(head), !name.isEmpty {
      addStep(name, node, &steps, &reader)
    } else if let last = previous?.flattened.last {
      reader.cutShort.insert(last.line)
    }
  }

  private static func assemble(
    _ settings: Settings, _ steps: [Program.Step], _ examples: [SourceNode], _ more: [Example],
    hash: String, runs: [String: String], first: SourceNode?, _ reader: inout FileReader
  ) -> Program {
    let id = String(reader.file.dropLast(reader.file.hasSuffix(".txt") ? 4 : 0))
    reportMissing(settings, steps, line: first?.line ?? 0, &reader)
    let languages = keywordLanguages(settings, &reader)
    let keywords = settings.keywords.map { keyword in
      let step = keyword.step.map { reader.step($0, line: keyword.line) }
      return Keyword(
        words: keyword.words, conversation: id,
        step: step.flatMap { steps.indices.contains($0) ? steps[$0].name : nil })
    }
    return Program(
      id: id, hash: hash, file: reader.file, settings: settings, languages: reader.languages,
      keywords: keywords, keywordLanguages: languages, steps: steps,
      gate: gate(settings, &reader), numbers: Set(reader.variables.filter(\.value).keys),
      examples: ExampleReader.examples(examples, &reader) + more, runs: runs)
  }

  /// The languages of translated keywords; an undeclared one is reported once a line.
  private static func keywordLanguages(
    _ settings: Settings, _ reader: inout FileReader
  ) -> [String: Int] {
    var languages: [String: Int] = [:]
    var refused: Set<Int> = []
    for keyword in settings.keywords {
      guard let code = keyword.code else { continue }
      if let language = reader.languages.firstIndex(of: code) {
        languages[keyword.words.lowercased()] = language
      } else if refused.insert(keyword.line).inserted {
        reader.report(
          "E206", keyword.line, "“\(code)” is not among this file's languages",
          fix: "add it to “languages:”, or leave this line out")
      }
    }
    return languages
  }

  private static func reportMissing(
    _ settings: Settings, _ steps: [Program.Step], line: Int, _ reader: inout FileReader
  ) {
    func missing(_ what: String, _ fix: String) {
      guard !reader.meant.contains(String(what.prefix { $0 != ":" })) else { return }
      reader.report("E117", line, "“\(what)” is missing", fix: fix)
    }
    if settings.owner.isEmpty { missing("owner:", "name the team that answers for this file") }
    if settings.answers == nil {
      missing("answers:", "write “answers: named”, “confidential” or “anonymous”")
    }
    if settings.startFrom.isEmpty {
      missing("start from:", "write “start from: resident”, staff, schedule or poll")
    }
    if settings.forgetAfter == nil {
      missing("forget after:", "write how long silence lasts before this ends, such as “4 days”")
    }
    if steps.isEmpty { missing("step", "write “step start” with what happens under it") }
    if !settings.fillIns.isEmpty,
      settings.startFrom.contains(where: { $0 != .staff && $0 != .schedule })
    {
      reader.report(
        "E122", line, "staff fill in values, but others may start it too",
        fix: "write “start from: staff”, with “schedule” or without")
    }
    if let keyword = settings.keywords.first, !settings.startFrom.contains(.resident) {
      reader.report(
        "E118", keyword.line, "residents have keywords for this, but may not start it",
        fix: "add “resident” to “start from:”, or leave the keywords out")
    }
    if settings.answers == .anonymous,
      settings.startFrom.contains(where: { $0 != .poll })
    {
      reader.report(
        "E119", line, "an anonymous conversation is not started by a poll alone",
        fix: "write “start from: poll”, or choose “answers: confidential”")
    }
  }

  private static func gate(_ settings: Settings, _ reader: inout FileReader) -> Program.Gate? {
    guard let node = settings.gate, let test = node.text.after("only for:") else { return nil }
    let condition = reader.condition(test, line: node.line)
    guard let otherwise = node.children.first, let words = otherwise.text.after("otherwise:") else {
      reader.report(
        "E120", node.line, "“only for:” says nothing to everyone else",
        fix: "add an indented line “otherwise: words” under it")
      return nil
    }
    let lines = otherwise.children + node.children.dropFirst()
    return Program.Gate(
      line: node.line, condition: condition,
      otherwise: reader.wording(words, lines: lines, line: otherwise.line))
  }
}
