import Foundation
import Testing

@testable import Engine

/// The reference of the language, made from the comments that the code itself is documented with.
///
/// `COMMONTHREAD_WRITE_LANGUAGE=1 swift test --filter LanguageReferenceTests` writes the page anew.
@Suite struct LanguageReferenceTests {
  private static let path = "Sources/commonthread/Documentation.docc/Language.md"
  private static let folder = "Sources/Engine/Language/"

  /// The comment in front of a file's main declaration.
  static func comment(in source: String) -> [String] {
    var lines: [String] = []
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("///") {
        lines.append(String(words.dropFirst(words.hasPrefix("/// ") ? 4 : 3)))
      } else if words.hasPrefix("struct ") || words.hasPrefix("static let "), !lines.isEmpty {
        return lines
      } else {
        lines = []
      }
    }
    return []
  }

  /// A section: its heading is the first code in the comment, or else the name.
  private static func section(_ name: String, _ comment: [String]) -> String {
    let code = comment.first?.split(separator: "`", omittingEmptySubsequences: false)
    let title = code.flatMap { $0.count > 2 && $0[0].isEmpty ? "`\($0[1])`" : nil } ?? name
    return "### \(title)\n\n" + comment.joined(separator: "\n") + "\n\n"
  }

  private static func sections(_ folder: String, _ names: [String]) -> String {
    names.map { name in
      section(name, comment(in: Fixtures.text(of: "\(Self.folder)\(folder)/\(name).swift")))
    }.joined()
  }

  /// The names of the files that declare the actions, in the order of the actions.
  private static var actionFiles: [String] {
    let folder = Fixtures.root.appending(path: Self.folder + "Actions")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    let files = names.sorted().filter { $0 != "ActionKind.swift" }.map { name in
      (name: String(name.dropLast(6)), text: Fixtures.text(of: "\(Self.folder)Actions/\(name)"))
    }
    return ActionKind.all.compactMap { kind in
      files.first { $0.text.contains("words: \"\(kind.words)\"") }?.name
    }
  }

  /// All that is made from comments.
  private static var reference: String {
    "## Statements\n\n" + sections("Statements", statementKinds.map { String(describing: $0) })
      + "## Types of answer\n\n"
      + sections("AnswerTypes", answerTypeKinds.map { String(describing: $0) })
      + "## Actions\n\n" + sections("Actions", actionFiles)
  }

  @Test func `the page says what the comments of the code say`() throws {
    let page = Fixtures.text(of: Self.path)
    let start = try #require(page.range(of: "## Statements\n") ?? page.range(of: "-->\n\n"))
    let head = page[..<(page.contains("## Statements\n") ? start.lowerBound : start.upperBound)]
    let expected = head + Self.reference.dropLast()
    if ProcessInfo.processInfo.environment["COMMONTHREAD_WRITE_LANGUAGE"] != nil {
      try expected.write(
        to: Fixtures.root.appending(path: Self.path), atomically: true, encoding: .utf8)
    }
    #expect(
      Fixtures.text(of: Self.path) == expected, "COMMONTHREAD_WRITE_LANGUAGE=1 writes it anew")
  }

  @Test func `every statement, type and action has a comment on the page`() {
    #expect(Self.actionFiles.count == ActionKind.all.count)
    for name in statementKinds.map({ String(describing: $0) }) {
      let text = Fixtures.text(of: "\(Self.folder)Statements/\(name).swift")
      #expect(Self.comment(in: text).count > 3, "\(name)")
    }
    for name in answerTypeKinds.map({ String(describing: $0) }) {
      let text = Fixtures.text(of: "\(Self.folder)AnswerTypes/\(name).swift")
      #expect(Self.comment(in: text).count > 3, "\(name)")
    }
  }
}
