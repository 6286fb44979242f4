/// Bytes that nobody may read by accident: a key, a token, a password.
///
/// It never prints itself: neither `print`, string interpolation, `dump` nor a debugger's mirror
/// shows more than that it is a secret. Two secrets are compared in constant time.
public struct Secret: Equatable, Sendable {
  /// The bytes themselves; the only way to them.
  public let bytes: [UInt8]

  /// Wraps bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Wraps the UTF-8 of a text, as tokens are given in a configuration.
  public init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// Whether both hold the same bytes; takes the same time wherever they differ.
  public static func == (left: Secret, right: Secret) -> Bool {
    constantTimeEqual(left.bytes, right.bytes)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// A fixed word that says nothing of the bytes, not even how many there are.
  public var description: String { "(secret)" }

  /// The same fixed word.
  public var debugDescription: String { description }

  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
