/// What `commonthread check` does: reads every file, checks it, runs every example and explores every
/// reachable state.
public enum Checker {
  /// What a check found.
  public struct Report: Sendable {
    /// All findings, by file and line.
    public var findings: [Diagnostic]
    /// The compiled conversations; nil when a file has an error.
    ///
    /// Failed examples leave it there, so that a conversation can be tried while its examples are
    /// put right.
    public var library: Library?
    /// What exploring each conversation told; empty when a file has an error.
    public var conversations: [ConversationReport]

    /// How many examples were run.
    public var examples: Int { conversations.reduce(0) { $0 + $1.examples } }

    /// Whether nothing stands against publishing.
    public var isPublishable: Bool { !findings.contains(where: \.isError) }
  }

  /// Checks all files of a conversations folder together; `hash` as for `Library.load`.
  ///
  /// What is merely unwise is looked for once no file has an error. `jargon.txt` among the files
  /// holds the landlord's own words to avoid, and `translated.txt` is a `TranslationRecord`.
  public static func check(
    files: [(name: String, text: String)], extraDangerWords: [String] = [],
    hash: ([UInt8]) -> String
  ) -> Report {
    let (library, found) = Library.load(
      files: files, extraDangerWords: extraDangerWords, hash: hash)
    var findings = found
    var conversations: [ConversationReport] = []
    if let library {
      let explorer = Explorer(library)
      conversations = explorer.reports
      let results = ExampleRunner.results(in: library)
      let errors = results.findings + explorer.findings.filter(\.isError)
      findings += errors
      if !findings.contains(where: \.isError) {
        let unwise = explorer.findings + advice(on: library, files, trail: results.trail)
        findings += unwise.filter { !isAllowed($0, in: library) }
      }
    }
    findings.sort { ($0.file, $0.line, $0.code) < ($1.file, $1.line, $1.code) }
    return Report(findings: findings, library: library, conversations: conversations)
  }

  private static func advice(
    on library: Library, _ files: [(name: String, text: String)], trail: Set<Passage>
  ) -> [Diagnostic] {
    func text(_ name: String) -> String { files.first { $0.name == name }?.text ?? "" }
    let plainWords = PlainWords(jargon: Phrases.list(in: text(Phrases.fileName)))
    let record = TranslationRecord(text(TranslationRecord.fileName))
    let programs = library.conversationIDs.compactMap { library.program($0) }
    return Coverage.findings(in: library, trail: trail)
      + programs.flatMap(plainWords.findings) + programs.flatMap(record.findings)
  }

  /// Whether the conversation allows that finding by `lint allow:`.
  private static func isAllowed(_ finding: Diagnostic, in library: Library) -> Bool {
    guard !finding.isError, finding.file.hasSuffix(".txt") else { return false }
    let program = library.program(String(finding.file.dropLast(4)))
    return program?.allowedFindings.contains(finding.code) ?? false
  }
}
