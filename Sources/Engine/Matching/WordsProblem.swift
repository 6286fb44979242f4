/// Something wrong in `engine.txt` or `common-words.txt`, and what to do about it.
public struct WordsProblem: Equatable, Sendable {
  /// The file's name.
  public var file: String
  /// The line, from 1; 0 when it concerns the whole file.
  public var line: Int
  /// What is wrong, in one sentence.
  public var what: String
  /// What to do, in one sentence.
  public var fix: String

  /// Makes a problem.
  public init(file: String, line: Int, what: String, fix: String) {
    self.file = file
    self.line = line
    self.what = what
    self.fix = fix
  }
}
