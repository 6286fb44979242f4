/// What `commonthread check` does: reads every file, checks it and runs every example.
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
    /// How many conversations were compiled.
    public var conversations: Int
    /// How many examples were run.
    public var examples: Int

    /// Whether nothing stands against publishing.
    public var isPublishable: Bool { !findings.contains(where: \.isError) }
  }

  /// Checks all files of a conversations folder together; `hash` as for `Library.load`.
  public static func check(
    files: [(name: String, text: String)], extraDangerWords: [String] = [],
    hash: ([UInt8]) -> String
  ) -> Report {
    let (library, found) = Library.load(
      files: files, extraDangerWords: extraDangerWords, hash: hash)
    var findings = found
    if let library { findings += ExampleRunner.findings(in: library) }
    findings.sort { ($0.file, $0.line, $0.code) < ($1.file, $1.line, $1.code) }
    let ids = library?.conversationIDs ?? []
    return Report(
      findings: findings, library: library, conversations: ids.count,
      examples: ids.reduce(0) { $0 + (library?.program($1)?.examples.count ?? 0) })
  }
}
