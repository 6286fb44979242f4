/// Why bytes could not be read as JSON.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: String, Sendable {
    /// The text is longer than the limit.
    case tooLong = "The JSON text is too long"
    /// Arrays and objects are nested deeper than the limit.
    case tooDeep = "The JSON text is nested too deeply"
    /// There are more values than the limit.
    case tooManyValues = "The JSON text has too many values"
    /// The bytes are not UTF-8, the only encoding that RFC 8259 8.1 allows.
    case notUTF8 = "The JSON text is not UTF-8"
    /// A closing bracket has no opening one of its kind, or the text ends inside something.
    case unbalanced = "A bracket, quote or comment of the JSON text has no partner"
    /// The text breaks the grammar in another way, or a number in it is too large to represent.
    case syntax = "The text is not valid JSON"
  }

  /// What is wrong.
  public let reason: Reason
  /// The line, from 1, where that shows; nil when it is not known.
  public let line: Int?

  /// One sentence for people, without any of the text that was read.
  public var description: String {
    let place = line.map { " (line \($0))" } ?? ""
    return "\(reason.rawValue)\(place)."
  }
}
