import Engine
import Foundation

/// A conversation with one thing wrong in it: `Fixtures/findings/<code>.txt`.
///
/// Its first line says what is expected: `note: expects E301 at line 9 of test.txt and nothing else`.
/// The file is `test.txt`; `note: file b.txt` begins another, which may take the place of a shared one.
/// `note: without engine.txt` leaves a shared one out, and `note: 50 times` repeats the next line.
struct FindingFixture {
  let code: String
  let line: Int
  let file: String
  private(set) var files: [(name: String, text: String)]

  /// Reads it, with the files that all conversations share; nil when the first line is none.
  init?(_ text: String, shared: [(name: String, text: String)]) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let words = lines.first?.split(separator: " ").map(String.init) ?? []
    guard words.count == 11, words[1] == "expects", let line = Int(words[5]) else { return nil }
    code = words[2]
    self.line = line
    file = words[7]
    files = shared
    var name = "test.txt"
    var part: [String] = []
    var times = 1
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      if line.hasPrefix("note: file ") {
        put(name, part)
        (name, part) = (words[2], [])
      } else if line.hasPrefix("note: without ") {
        files.removeAll { $0.name == words[2] }
      } else if line.hasPrefix("note: "), words.count == 3, words[2] == "times" {
        times = Int(words[1]) ?? 1
      }
      part += Array(repeating: line, count: line.hasPrefix("note: ") ? 1 : times)
      if !line.hasPrefix("note: ") { times = 1 }
    }
    put(name, part)
  }

  private mutating func put(_ name: String, _ lines: [String]) {
    files.removeAll { $0.name == name }
    files.append((name, lines.joined(separator: "\n")))
  }

  /// All that the check finds, and what would keep it from being published.
  func found(hash: ([UInt8]) -> String) -> [String] {
    let report = Checker.check(files: files, hash: hash)
    return (report.findings + (report.library?.refusals ?? [])).map {
      "\($0.file):\($0.line) \($0.code)"
    }
  }

  /// The one finding that it is about.
  var expected: String { "\(file):\(line) \(code)" }
}
