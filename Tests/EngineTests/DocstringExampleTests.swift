import Foundation
import Testing

@testable import Engine

/// The conversations that the comments of the language's own files show, between a line of
/// ```` ```text ```` or ```` ```conversation ```` and the closing fence.
///
/// A comment that needs two conversations, one of which runs the other, gives each its id behind the
/// fence (```` ```text lift-check ````); all conversations of a file are checked together.
struct DocstringExample: Sendable, CustomTestStringConvertible {
  /// The path of the source file in the repository.
  let path: String
  /// Its conversations, named as files.
  let files: [(name: String, text: String)]

  var testDescription: String { path }

  /// The files of the folders that hold one construct of the language each.
  static let all: [DocstringExample] = ["Statements", "Actions", "AnswerTypes"].flatMap { folder in
    let path = "Sources/Engine/Language/" + folder
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: Fixtures.root.appending(path: path).path())
    return (names ?? []).filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let path = path + "/" + name
      return DocstringExample(path: path, files: conversations(in: Fixtures.text(of: path)))
    }
  }

  /// The conversations in the comments of a source text.
  static func conversations(in source: String) -> [(name: String, text: String)] {
    var files: [(name: String, text: String)] = []
    var lines: [Substring]?
    var id = ""
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.drop { $0 == " " }
      guard line.hasPrefix("///") else { continue }
      let words = line.dropFirst(line.hasPrefix("/// ") ? 4 : 3)
      guard words.hasPrefix("```") else {
        lines?.append(words)
        continue
      }
      if let text = lines {
        files.append((id + ".txt", text.joined(separator: "\n")))
        lines = nil
      } else if words.hasPrefix("```text") || words.hasPrefix("```conversation") {
        let name = words.split(separator: " ").dropFirst().first
        id = name.map(String.init) ?? "example" + (files.isEmpty ? "" : "-\(files.count + 1)")
        lines = []
      }
    }
    return files
  }
}

@Suite struct DocstringExampleTests {
  @Test(arguments: DocstringExample.all.filter { !$0.files.isEmpty })
  func `the example in the comment does what it says`(example: DocstringExample) {
    let report = Fixtures.check(example.files)
    #expect(report.findings.map(\.description) == [])
    #expect(report.conversations.count == example.files.count)
    #expect(report.examples > 0)
  }

  @Test(arguments: statementKinds.map { String(describing: $0) })
  func `every statement shows an example`(statement: String) {
    let path = "Sources/Engine/Language/Statements/\(statement).swift"
    #expect(DocstringExample.all.contains { $0.path == path && !$0.files.isEmpty })
  }

  @Test func `conversations are cut out of comments only`() {
    let source = """
      /// Words.
      ///
      /// ```text
      /// conversation: One
      ///
      ///   note: two
      /// ```
      let text = "```text"
        /// ```swift
        /// let x = 1
        /// ```
        /// ```conversation two
        /// conversation: Two
        /// ```
      """
    let files = DocstringExample.conversations(in: source)
    #expect(files.map(\.name) == ["example.txt", "two.txt"])
    #expect(files.first?.text == "conversation: One\n\n  note: two")
  }
}
