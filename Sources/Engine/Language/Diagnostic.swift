/// One finding about a file: where it is, what is wrong and how to put it right.
public struct Diagnostic: Equatable, Sendable, CustomStringConvertible {
  /// The stable number of the kind of finding: `E…` stops publication, `W…` does not.
  ///
  /// 0 the shared files, 1 layout and settings, 2 wording and questions, 3 statements, 4 ways and
  /// values, 5 between conversations, 6 examples, 7 what is merely unwise.
  public var code: String
  /// The name of the file, without its folder.
  public var file: String
  /// The line, from 1; 0 when the finding is about the whole file.
  public var line: Int
  /// What is wrong, in one clause.
  public var problem: String
  /// What to do about it, in one sentence.
  public var fix: String

  /// Makes a finding.
  public init(code: String, file: String, line: Int, problem: String, fix: String) {
    self.code = code
    self.file = file
    self.line = line
    self.problem = problem
    self.fix = fix
  }

  /// Whether it stops publication.
  public var isError: Bool { code.utf8.first == UInt8(ascii: "E") }

  /// The finding on one line: `file:line: E101 what is wrong; the fix`.
  public var description: String { "\(file):\(line): \(code) \(problem); \(fix)" }
}
