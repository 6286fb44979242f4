/// Typographic characters and the plain ones that mean the same and cost less.
///
/// A curly quote or a long dash makes a whole text cost 16 bits a character. Staff are shown what
/// would be replaced; nothing is replaced behind their back. Letters are never changed, whatever
/// they cost: Welsh `ŵ` stays, as do fractions, emoji, and the joiners and direction marks that
/// Urdu, Persian and Arabic need.
public enum Typography {
  /// One character that was replaced.
  public struct Replacement: Equatable, Sendable {
    /// What stood in the text.
    public var from: Unicode.Scalar
    /// What stands there now; empty where it was an invisible character.
    public var to: String
    /// How often it was replaced, from 1.
    public var count: Int

    /// Makes a replacement.
    public init(from: Unicode.Scalar, to: String, count: Int) {
      self.from = from
      self.to = to
      self.count = count
    }

    /// The Unicode name of what stood in the text in lower case, such as `right single quotation
    /// mark`, since many of these characters cannot be seen.
    public var name: String {
      from == "\t" ? "tab" : from.properties.name?.lowercased() ?? "unnamed character"
    }
  }

  /// The text in plain characters, and what was replaced in the order of first appearance.
  ///
  /// A text with nothing to replace comes back as it was, with no replacements.
  public static func plain(_ text: String) -> (text: String, replacements: [Replacement]) {
    guard text.unicodeScalars.contains(where: { plain($0) != nil }) else { return (text, []) }
    var result = String.UnicodeScalarView()
    var replacements: [Replacement] = []
    for scalar in text.unicodeScalars {
      guard let plain = plain(scalar) else {
        result.append(scalar)
        continue
      }
      result.append(contentsOf: plain.unicodeScalars)
      if let index = replacements.firstIndex(where: { $0.from == scalar }) {
        replacements[index].count += 1
      } else {
        replacements.append(Replacement(from: scalar, to: plain, count: 1))
      }
    }
    return (String(result), replacements)
  }

  /// What stands for `scalar`; nil where it stays.
  private static func plain(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    // Tab, no-break space, the spaces of fixed width, narrow and mathematical, ideographic.
    case 0x09, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
    // Line and paragraph separator.
    case 0x2028, 0x2029: "\n"
    // Backtick, acute accent, modifier apostrophe, single quotes, prime, single guillemets.
    case 0x60, 0xB4, 0x02BC, 0x2018...0x201B, 0x2032, 0x2039, 0x203A: "'"
    // Double quotes, double prime, guillemets.
    case 0x201C...0x201F, 0x2033, 0xAB, 0xBB: "\""
    // Hyphens, dashes, bullets, minus.
    case 0x2010...0x2015, 0x2022, 0x2023, 0x2043, 0x2212: "-"
    case 0x2026: "..."
    // Soft hyphen, zero-width space, word joiner, byte order mark.
    case 0xAD, 0x200B, 0x2060, 0xFEFF: ""
    default: nil
    }
  }
}
