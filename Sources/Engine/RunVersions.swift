/// Which conversations run which, and the hash of each with all that it runs.
struct RunVersions {
  private let targets: [String: [String]]
  private let hashes: [String: String]

  /// Looks through the files of conversations; `shared` are the texts that decide all of them.
  init(
    files: [(name: String, text: String)], shared: [String], hash: ([String]) -> String
  ) {
    let texts = Dictionary(files.map { (String($0.name.dropLast(4)), $0.text) }) { first, _ in first
    }
    var targets: [String: [String]] = [:]
    for (id, text) in texts where text.utf8.count <= SourceLines.sizeLimit {
      targets[id] = Set(RunConversation.candidates(in: text)).filter { texts[$0] != nil }.sorted()
    }
    self.targets = targets
    var hashes: [String: String] = [:]
    func settle(_ id: String, _ path: [String]) -> String {
      if let known = hashes[id] { return known }
      var parts = [texts[id] ?? ""] + shared
      // One that runs itself is refused; its hash only has to be some hash.
      for target in targets[id] ?? [] where !path.contains(target) && target != id {
        parts += [target, settle(target, path + [id])]
      }
      let value = hash(parts)
      hashes[id] = value
      return value
    }
    for id in texts.keys.sorted() { _ = settle(id, []) }
    self.hashes = hashes
  }

  /// The hash of all that decides the conversation.
  func hash(of id: String) -> String { hashes[id] ?? "" }

  /// The conversations that it runs, with the hash of each.
  func runs(of id: String) -> [String: String] {
    var runs: [String: String] = [:]
    for target in targets[id] ?? [] { runs[target] = hashes[target] }
    return runs
  }

  /// What is wrong with the conversations that a program runs.
  func findings(in program: Program) -> [Diagnostic] {
    let statements = program.steps.flatMap(\.statements).compactMap { $0 as? RunConversation }
    return statements.compactMap { statement in
      func finding(_ code: String, _ problem: String, _ fix: String) -> Diagnostic {
        Diagnostic(
          code: code, file: program.file, line: statement.line, problem: problem, fix: fix)
      }
      let id = statement.conversation
      guard hashes[id] != nil else {
        return finding(
          "E502", "there is no conversation “\(id)”",
          Spelling.offer(
            id, among: hashes.keys.sorted(), else: "write the name of its file without “.txt”"))
      }
      if reaches(program.id, from: id, []) {
        return finding(
          "E503", "“\(id)” runs “\(program.id)” in turn, so neither would end",
          "let one of them lead to a step of its own instead")
      }
      guard depth(id, []) < Session.depthLimit else {
        return finding(
          "E504", "conversations run one another more than \(Session.depthLimit) deep",
          "put the steps of one of them into the one that runs it")
      }
      return nil
    }
  }

  private func reaches(_ wanted: String, from id: String, _ seen: Set<String>) -> Bool {
    if id == wanted { return true }
    guard !seen.contains(id) else { return false }
    return (targets[id] ?? []).contains { reaches(wanted, from: $0, seen.union([id])) }
  }

  /// How many conversations stand in one another from this one on, itself left out.
  private func depth(_ id: String, _ path: Set<String>) -> Int {
    guard !path.contains(id), path.count <= Session.depthLimit else { return 0 }
    return (targets[id] ?? []).map { 1 + depth($0, path.union([id])) }.max() ?? 0
  }
}
