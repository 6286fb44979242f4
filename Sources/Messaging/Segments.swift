/// The parts that the network makes of a text, and what they cost.
///
/// A text within the GSM 7-bit default alphabet and its extension table takes 160 septets in one
/// part or 153 in each of several; any other text takes 70 UTF-16 units or 67. A character of the
/// extension table takes two septets, one beyond the basic plane two units, and neither pair is
/// ever cut, so that there may be more parts than the division says. Cuts lie between Unicode scalars:
/// a letter may be parted from an accent that follows it as a scalar of its own, as on the network.
///
/// The text is counted as given: nothing is substituted and nothing is normalised.
/// Sources: 3GPP TS 23.038, section 6.2.1 (alphabet); 3GPP TS 23.040, section 9.2.3.24.1 (parts).
public struct Segments: Equatable, Sendable {
  /// The two ways in which a text is carried.
  public enum Encoding: String, CaseIterable, Sendable {
    /// The GSM 7-bit default alphabet; units are septets.
    case gsm7 = "GSM-7"
    /// Sixteen bits a unit; units are those of UTF-16, as every handset of today reads them.
    case ucs2 = "UCS-2"
  }

  /// How the text is carried.
  public let encoding: Encoding
  /// The length of the whole text in septets or UTF-16 units; 0 for an empty text.
  public let units: Int

  /// Where the parts after the first begin, in bytes of UTF-8; empty for one part or none.
  private let cuts: [Int]
  private let text: String

  /// Counts the parts of `text`.
  public init(of text: String) {
    let septets = Self.septets(in: text)
    let units = septets ?? text.utf16.count
    let encoding: Encoding = septets == nil ? .ucs2 : .gsm7
    self.text = text
    self.units = units
    self.encoding = encoding
    switch encoding {
    case .gsm7: cuts = units <= 160 ? [] : Self.cuts(in: text, every: 153, width: Self.septets)
    case .ucs2: cuts = units <= 70 ? [] : Self.cuts(in: text, every: 67, width: Self.utf16Units)
    }
  }

  /// How many parts the text takes; 0 for an empty one.
  public var parts: Int { units == 0 ? 0 : cuts.count + 1 }

  /// The parts themselves, which joined give the text byte for byte; empty for an empty text.
  public var split: [String] {
    guard units > 0 else { return [] }
    let bounds = [0] + cuts + [text.utf8.count]
    let bytes = Array(text.utf8)
    return zip(bounds, bounds.dropFirst()).map { String(decoding: bytes[$0..<$1], as: UTF8.self) }
  }

  /// Whether both are the same parts of the same bytes.
  public static func == (left: Segments, right: Segments) -> Bool {
    left.units == right.units && left.encoding == right.encoding
      && left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// The characters of `text` that alone make it cost 16 bits each, once each, in their order.
  public static func costly(in text: String) -> [Unicode.Scalar] {
    var found: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars where septets(scalar) == 0 && !found.contains(scalar) {
      found.append(scalar)
    }
    return found
  }

  /// How many septets `scalar` takes in the GSM 7-bit default alphabet; 0 where it is not in it.
  ///
  /// The escape character itself is not a character of the alphabet, and NUL is not its `@`.
  static func septets(_ scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case "a"..."z", " "..."Z", "_", "\n", "\r": 1
    case "^", "{", "}", "\\", "[", "~", "]", "|", "\u{C}", "€": 2
    case "£", "¥", "§", "¿", "¡", "¤", "Ñ", "ñ", "Ç", "à", "è", "é", "ì", "ò", "ù", "ä", "ö", "ü",
      "Ä", "Ö", "Ü", "ß", "å", "Å", "ø", "Ø", "æ", "Æ", "É":
      1
    case "Δ", "Φ", "Γ", "Λ", "Ω", "Π", "Ψ", "Σ", "Θ", "Ξ": 1
    default: 0
    }
  }

  /// How many septets the text takes; nil where a character is not in the alphabet.
  private static func septets(in text: String) -> Int? {
    var sum = 0
    for scalar in text.unicodeScalars {
      let width = septets(scalar)
      guard width > 0 else { return nil }
      sum += width
    }
    return sum
  }

  private static func utf16Units(_ scalar: Unicode.Scalar) -> Int { UTF16.width(scalar) }

  /// Fills part after part with at most `limit` units, never cutting a scalar.
  private static func cuts(
    in text: String, every limit: Int, width: (Unicode.Scalar) -> Int
  ) -> [Int] {
    var cuts: [Int] = []
    var filled = 0
    var offset = 0
    for scalar in text.unicodeScalars {
      let units = width(scalar)
      if filled + units > limit {
        cuts.append(offset)
        filled = 0
      }
      filled += units
      offset += UTF8.width(scalar)
    }
    return cuts
  }
}
