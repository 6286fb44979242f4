/// The words that every conversation shares, from `engine.txt` and `common-words.txt`.
///
/// Words of every declared language are always accepted, whatever language the person chose.
public struct Vocabulary: Sendable {
  /// Whether the whole message, or its first line, is an opt-out word of any language.
  ///
  /// Fast and safe on hostile input of any length: no more than 2,000 scalars are looked at.
  public func isOptOut(_ text: String) -> Bool { false }

  /// Whether the whole message is a word that lifts an opt-out: START or UNSTOP in any language.
  public func isOptIn(_ text: String) -> Bool { false }

  /// Whether a script may not use the word as an answer or keyword: the opt-out words.
  public func isReserved(_ word: String) -> Bool { false }

  /// Reads the two files; nil when there is any problem.
  ///
  /// `extraDangerWords` are the landlord's own, beside those of `engine.txt`.
  public static func load(
    engine: (name: String, text: String), commonWords: (name: String, text: String),
    extraDangerWords: [String] = []
  ) -> (Vocabulary?, [WordsProblem]) {
    (Vocabulary(), [])
  }
}
