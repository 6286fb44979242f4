import Crypto
import Engine
import HTTP

extension Command {
  /// Checks conversations and runs their examples.
  static let check = Command(
    name: "check", synopsis: "[PATH…] [--json]",
    summary: "Checks the conversations of each folder and runs their examples.",
    details: """
      Without a path: the folder conversations. A path is a folder, or a file in one; of a file's
      folder everything is read, since conversations depend on each other, and what concerns that
      file is shown. Exit code 1 when there is an error; a warning does not count as one.
      --json  one JSON object a finding: code, file, line, problem, fix, isError
      """
  ) { words in
    let arguments = try Arguments(words, flags: ["--json"])
    let paths = arguments.operands.isEmpty ? ["conversations"] : arguments.operands
    var isClean = true
    for path in paths {
      let target = CheckTarget(path)
      let report = Checker.check(files: try ConversationFolder.files(in: target.folder)) {
        Hex.encode(SHA256.hash($0))
      }
      let findings = report.findings.filter { target.concerns($0) }
      for finding in findings {
        let line = arguments.has("--json") ? finding.json.text : "\(target.folder)/\(finding)"
        Terminal.say(line)
      }
      if findings.contains(where: \.isError) { isClean = false }
      guard !arguments.has("--json") else { continue }
      let errors = findings.filter(\.isError).count
      Terminal.say(
        "\(target.folder): \(report.conversations) conversations, \(report.examples) examples, "
          + "\(errors) errors, \(findings.count - errors) warnings")
    }
    return isClean ? 0 : 1
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

  func concerns(_ finding: Diagnostic) -> Bool { file == nil || finding.file == file }
}

extension Diagnostic {
  /// The finding as `check --json` prints it.
  fileprivate var json: JSON {
    [
      "code": .string(code), "file": .string(file), "line": .integer(Int64(line)),
      "problem": .string(problem), "fix": .string(fix), "isError": .bool(isError),
    ]
  }
}
