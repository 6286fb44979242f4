import Foundation

/// The normal forms of Unicode, which make one spelling of texts that look the same.
///
/// Text in ASCII alone is returned untouched. Source: Unicode Standard Annex 15.
public enum Normal {
  /// The text with every accent joined to its letter where Unicode has such a letter (NFC).
  ///
  /// Everything is stored and sent in this form: an `é` of two scalars would make a text cost
  /// 16 bits a character.
  public static func nfc(_ text: String) -> String {
    isASCII(text) ? text : joined(text)
  }

  /// The text in NFC with look-alike forms made plain, such as `ﬁ`, `②` and `Ａ` (NFKC).
  ///
  /// This loses meaning (`x²` becomes `x2`), so it is for comparing, not for storing.
  ///
  /// Foundation's own NFKC leaves letters of Hangul apart that only the mapping made joinable, so it
  /// is taken as the standard defines it: NFKD, then joined.
  public static func nfkc(_ text: String) -> String {
    isASCII(text) ? text : joined(nfkd(text))
  }

  /// The text as in NFKC, but with every accent parted from its letter (NFKD).
  static func nfkd(_ text: String) -> String {
    isASCII(text) ? text : text.decomposedStringWithCompatibilityMapping
  }

  /// The text in NFC, where Foundation keeps to it; else character by character, each one that it
  /// would change into another left as it came.
  ///
  /// It looks only at the lower 16 bits of a letter before an accent, so that U+20061 with an acute
  /// comes out as `á`, and takes two letters of old Korean for others. Swift's own `==` knows which
  /// texts are the same.
  private static func joined(_ text: String) -> String {
    let joined = text.precomposedStringWithCanonicalMapping
    guard joined != text else { return joined }
    return text.reduce(into: "") { result, character in
      let alone = String(character)
      let joined = alone.precomposedStringWithCanonicalMapping
      result += joined == alone ? joined : alone
    }
  }

  /// Whether the text has no byte above 127.
  static func isASCII(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 < 0x80 }
  }
}
