import Foundation

/// The repository's files, as the tests look at them.
enum SourceTree {
  /// One text file.
  struct File: Sendable, CustomStringConvertible {
    /// The path from the repository's top.
    let path: String
    /// What it says.
    let text: String

    /// The path, for the messages of tests.
    var description: String { path }
    /// The lines, without their ends.
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The module or test target that it belongs to: the second part of its path.
    var target: String { String(path.split(separator: "/").dropFirst().first ?? "") }
    /// The file's own name.
    var name: String { String(path.split(separator: "/").last ?? "") }
    /// The lines that are code: without comments.
    var code: [Substring] { lines.filter { !$0.drop { $0 == " " }.hasPrefix("//") } }
  }

  /// The repository's top folder.
  static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every file below a folder whose name has that ending, by path.
  static func files(below folder: String, ending: String) -> [File] {
    let root = top.appending(path: folder)
    let found =
      FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(ending) }.sorted().compactMap { path in
      guard let data = try? Data(contentsOf: root.appending(path: path)) else { return nil }
      return File(path: folder + "/" + path, text: String(decoding: data, as: UTF8.self))
    }
  }

  /// One file by its path from the top; its text is empty when it is not there.
  static func file(_ path: String) -> File {
    let data = (try? Data(contentsOf: top.appending(path: path))) ?? Data()
    return File(path: path, text: String(decoding: data, as: UTF8.self))
  }

  /// Every Swift file of the program.
  static let sources = files(below: "Sources", ending: ".swift")
  /// Every Swift file of the tests.
  static let tests = files(below: "Tests", ending: ".swift")
}
