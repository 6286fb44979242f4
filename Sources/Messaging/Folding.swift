/// Texts made comparable: what a person meant to type, whatever the phone made of it.
///
/// Both sides of a comparison are folded, so `stop.`, `ＳＴＯＰ`, `𝐒𝐓𝐎𝐏` and `ЅТОР` in Cyrillic
/// letters are all `stop`. The result is for comparing, never for showing or storing.
public enum Folding {
  /// How many scalars of a text are read; the rest is left out.
  public static let limit = 2000

  /// The text in lower-case words with single spaces between them.
  ///
  /// Compatibility forms are made plain (NFKC), Latin, Greek and Cyrillic letters lose their
  /// accents (but й, ў and ї are letters of their own), digits of every script become 0 to 9,
  /// apostrophes and invisible characters go, skin tones and the keycap go. Every other run of
  /// punctuation, signs and white space is one space. Emoji and other pictures stay, as words of
  /// their own. Words of Cyrillic or Greek letters stay, unless every letter has a Latin look-alike
  /// or the word is mixed with Latin letters. Vowel signs of other scripts stay. The result is in
  /// NFC, and folding it again changes nothing. A text without letters, digits and pictures gives
  /// the empty text.
  public static func fold(_ text: String) -> String {
    let bytes = text.utf8.prefix(limit)
    if bytes.allSatisfy({ $0 < 0x80 }) { return foldedASCII(bytes) }
    var start = String(text.unicodeScalars.prefix(limit))
    // A spacing accent typed for an apostrophe would be taken apart into a space and an accent.
    if start.unicodeScalars.contains("\u{B4}") {
      start = String(
        String.UnicodeScalarView(start.unicodeScalars.map { $0 == "\u{B4}" ? "'" : $0 }))
    }
    var folder = Folder(limit: limit)
    for scalar in Normal.nfkd(start).unicodeScalars { folder.read(scalar) }
    return Normal.nfc(folder.finished())
  }

  /// The words of the folded text in their order; empty for a text without any.
  public static func words(_ text: String) -> [String] {
    fold(text).split(separator: " ").map(String.init)
  }

  /// Folds text in ASCII alone, which is most of what comes, without Unicode tables.
  private static func foldedASCII(_ text: Substring.UTF8View) -> String {
    String(unsafeUninitializedCapacity: text.count) { buffer in
      var length = 0
      var isSpaceDue = false
      for byte in text {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"):
          if isSpaceDue, length > 0 {
            buffer[length] = UInt8(ascii: " ")
            length += 1
          }
          isSpaceDue = false
          buffer[length] = byte >= 65 && byte <= 90 ? byte + 32 : byte
          length += 1
        case UInt8(ascii: "'"), UInt8(ascii: "`"):
          continue
        default:
          isSpaceDue = true
        }
      }
      return length
    }
  }
}

/// The characters that phones write for an apostrophe.
enum Apostrophe {
  /// Whether `scalar` is one of them.
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "'", "`", "\u{B4}", "\u{2B9}"..."\u{2BF}", "\u{2C8}", "\u{2CA}", "\u{2CB}",
      "\u{2018}"..."\u{201B}", "\u{2032}", "\u{2035}", "\u{FF07}", "\u{FF40}":
      true
    default: false
    }
  }
}
