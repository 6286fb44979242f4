import Crypto
import Engine
import HTTP

extension Command {
  /// Checks conversations, runs their examples and explores their states.
  static let check = Command(
    name: "check",
    synopsis: "[PATH…] [--json] [--config FILE] | --explain [CODE…] | --translated [PATH]",
    summary: "Checks the conversations of each folder, runs their examples and explores them.",
    details: """
      Without a path: the folder conversations. A path is a folder, or a file in one; of a file's
      folder everything is read, since conversations depend on each other, and what concerns that
      file is shown. Exit code 1 when there is an error; a warning does not count as one.
      --json        one JSON object a finding: code, file, line, problem, fix, isError; then one a
                    conversation: folder, conversation, states, paths, messages, parts, pence, examples
      --config FILE the landlord's configuration, for the price of a part (else 2.4 pence)
      --explain     what each kind of finding means, or the kinds of these codes
      --translated  prints which wording each translation was made from; kept as the file
                    translated.txt in the folder, it tells when a translation is older
      """
  ) { words in
    let arguments = try Arguments(
      words, options: ["--config"], flags: ["--json", "--explain", "--translated"])
    if arguments.has("--explain") { return explain(arguments.operands) }
    let paths = arguments.operands.isEmpty ? ["conversations"] : arguments.operands
    if arguments.has("--translated") { return try listTranslations(paths) }
    let printer = CheckPrinter(
      isJSON: arguments.has("--json"), isColoured: Terminal.isColoured,
      pencePerPart: try pencePerPart(arguments["--config"]))
    var isClean = true
    for path in paths {
      let target = CheckTarget(path)
      var report = try target.report()
      report.findings.removeAll { !target.concerns($0.file) }
      report.conversations.removeAll { !target.concerns($0.id + ".txt") }
      for line in printer.lines(of: report, in: target.folder) { Terminal.say(line) }
      if !report.isPublishable { isClean = false }
    }
    return isClean ? 0 : 1
  }

  /// What a part costs the landlord; the price of GOV.UK Notify where nobody says.
  private static func pencePerPart(_ path: String?) throws -> Double {
    let configuration =
      path == nil ? try? ConfigurationFile.load(nil) : try ConfigurationFile.load(path)
    return configuration?.pencePerPart ?? 2.4
  }

  private static func explain(_ codes: [String]) -> Int32 {
    guard !codes.isEmpty else {
      Terminal.say(FindingKind.page)
      return 0
    }
    var isKnown = true
    for code in codes {
      guard let kind = FindingKind.all.first(where: { $0.code == code || $0.name == code }) else {
        Terminal.complain("There is no finding \(code).")
        isKnown = false
        continue
      }
      Terminal.say("\(kind.code) \(kind.title) (\(kind.name))\n\(kind.explanation)")
    }
    return isKnown ? 0 : 1
  }

  private static func listTranslations(_ paths: [String]) throws -> Int32 {
    for path in paths {
      let target = CheckTarget(path)
      guard let library = try target.report().library else {
        throw Problem(description: "\(target.folder) has errors. Put them right first.")
      }
      Terminal.say(TranslationRecord.text(for: library).trimmingLast())
    }
    return 0
  }
}

/// What one path of `check` means: a folder, and perhaps one file in it.
private struct CheckTarget {
  let folder: String
  let file: String?

  init(_ path: String) {
    guard path.hasSuffix(".txt") else {
      (folder, file) = (path, nil)
      return
    }
    let slash = path.lastIndex(of: "/")
    folder = slash.map { String(path[..<$0]) } ?? "."
    file = slash.map { String(path[path.index(after: $0)...]) } ?? path
  }

  func report() throws -> Checker.Report {
    Checker.check(files: try ConversationFolder.files(in: folder)) {
      Hex.encode(SHA256.hash($0))
    }
  }

  func concerns(_ name: String) -> Bool { file == nil || name == file }
}

extension String {
  /// The text without its last character, a line break.
  fileprivate func trimmingLast() -> String { String(dropLast()) }
}
