import Messaging

extension Library {
  /// Reads, checks and compiles all files of a conversations folder together.
  ///
  /// `files` are names without folder and their texts; `common-words.txt` and `engine.txt` must be
  /// among them, names that do not end in `.txt` are left out, and `<id>.examples.txt` holds more
  /// examples of a conversation. `hash` turns bytes into a short stable name, such as the
  /// hexadecimal SHA-256. The library is nil when there is any error.
  public static func load(
    files: [(name: String, text: String)], extraDangerWords: [String] = [],
    hash: ([UInt8]) -> String
  ) -> (library: Library?, findings: [Diagnostic]) {
    let engine = file("engine.txt", in: files)
    let common = file("common-words.txt", in: files)
    var findings = [engine.finding, common.finding].compactMap(\.self)
    let (vocabulary, wordProblems) = Vocabulary.load(
      engine: ("engine.txt", engine.text), commonWords: ("common-words.txt", common.text),
      extraDangerWords: extraDangerWords)
    let (texts, textProblems) = EngineTexts.load(engine: ("engine.txt", engine.text))
    findings += findings.isEmpty ? Self.findings(wordProblems + textProblems) : []
    guard let vocabulary, let texts else { return (nil, findings) }
    var programs: [Program] = []
    var sources: [String: ProgramSource] = [:]
    let versions = RunVersions(
      files: files.filter { isConversation($0.name) }, shared: [common.text, engine.text],
      hash: { hash(hashed($0)) })
    for (name, text) in files.sorted(by: { $0.name < $1.name }) where isConversation(name) {
      let id = String(name.dropLast(4))
      let (hash, runs) = (versions.hash(of: id), versions.runs(of: id))
      let more = moreExamples(beside: name, in: files, vocabulary, &findings)
      let (program, found) = ProgramReader.read(
        file: name, text: text, hash: hash, vocabulary: vocabulary, examples: more, runs: runs)
      findings += found
      guard let program else { continue }
      programs.append(program)
      sources[hash] = ProgramSource(
        conversation: program.id, hash: hash, text: text, commonWords: common.text,
        engineText: engine.text, runs: runs)
    }
    findings += programs.flatMap(versions.findings)
    findings += keywordFindings(programs, vocabulary)
    guard !findings.contains(where: \.isError) else { return (nil, findings) }
    return (
      Library(programs: programs, sources: sources, vocabulary: vocabulary, texts: texts), findings
    )
  }

  private static func file(
    _ name: String, in files: [(name: String, text: String)]
  ) -> (text: String, finding: Diagnostic?) {
    guard let file = files.first(where: { $0.name == name }) else {
      let finding = Diagnostic(
        code: "E001", file: name, line: 0, problem: "the file is missing",
        fix: "put it back beside the conversations")
      return ("", finding)
    }
    return (file.text, nil)
  }

  private static func findings(_ problems: [WordsProblem]) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for problem in problems {
      let finding = Diagnostic(
        code: "E002", file: problem.file, line: problem.line, problem: problem.what,
        fix: problem.fix)
      if !findings.contains(finding) { findings.append(finding) }
    }
    return findings
  }

  private static func isConversation(_ name: String) -> Bool {
    name.hasSuffix(".txt") && !name.hasSuffix(".examples.txt")
      && ![
        "engine.txt", "common-words.txt", Phrases.fileName, TranslationRecord.fileName,
      ].contains(name)
  }

  /// The texts with their lengths before them, so that no two lists of texts give the same bytes.
  private static func hashed(_ texts: [String]) -> [UInt8] {
    var writer = ByteWriter()
    for text in texts { writer.write(text) }
    return writer.bytes
  }

  private static func moreExamples(
    beside conversation: String, in files: [(name: String, text: String)], _ vocabulary: Vocabulary,
    _ findings: inout [Diagnostic]
  ) -> [Example] {
    let name = String(conversation.dropLast(4)) + ".examples.txt"
    guard let file = files.first(where: { $0.name == name }) else { return [] }
    var reader = FileReader(file: name, vocabulary: vocabulary)
    guard file.text.utf8.count <= SourceLines.sizeLimit else {
      reader.report("E101", 0, "the file is larger than 256 KiB", fix: "leave some examples out")
      findings += reader.findings
      return []
    }
    let nodes = SourceLines.tree(of: file.text)
    for node in nodes where !node.text.hasPrefix("example ") {
      reader.report("E102", node.line, "only examples stand here", fix: "begin with “example ”")
    }
    let examples = ExampleReader.examples(
      nodes.filter { $0.text.hasPrefix("example ") }, &reader)
    findings += reader.findings
    return examples
  }

  /// Two conversations with one keyword, and keywords that belong to the gateway.
  private static func keywordFindings(
    _ programs: [Program], _ vocabulary: Vocabulary
  ) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    var owners: [[String]: String] = [:]
    let none = KeywordTable([], vocabulary: vocabulary)
    for program in programs {
      for keyword in program.keywords {
        func report(_ code: String, _ problem: String) {
          findings.append(
            Diagnostic(
              code: code, file: program.file, line: program.keywordLines[keyword.words] ?? 0,
              problem: problem, fix: "choose another keyword"))
        }
        let reading = Matcher.read(
          keyword.words, choice: nil, question: nil, ownKeywords: nil,
          on: CivilDate(daysSince1970: 0), sureOnly: false, keywords: none, vocabulary: vocabulary,
          fitsFirstQuestion: { _, _ in false })
        if case .engineWord = reading {
          report("E217", "“\(keyword.words)” is a word of the gateway itself")
        } else if reading == .nearOptOut {
          report("E217", "“\(keyword.words)” reads like a wish to opt out")
        } else if reading == .danger {
          report("E217", "“\(keyword.words)” is a danger word, which alarms staff")
        }
        let folded = FoldedReply(keyword.words).words
        if let owner = owners[folded] {
          report(
            "E501",
            owner == program.id
              ? "the keyword “\(keyword.words)” is there twice"
              : "the keyword “\(keyword.words)” also starts “\(owner)”")
        }
        owners[folded] = program.id
      }
    }
    return findings
  }
}
