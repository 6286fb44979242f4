/// The digits of a phone number as somebody typed it, and whether a plus came first.
struct TypedDigits {
  /// The digits as numbers from 0 to 9; never empty.
  let digits: [UInt8]
  /// Whether a plus stood before the first digit.
  let hasPlus: Bool

  /// Reads `text`, of at most 64 bytes; a `(0)` after a calling code is left out.
  init(_ text: String) throws(PhoneNumberError) {
    guard text.utf8.count <= 64 else { throw .tooLong }
    var digits: [UInt8] = []
    var hasPlus = false
    var isAfterBracket = false
    var bracketedNought: Int?
    for scalar in text.unicodeScalars {
      if let digit = Self.digit(scalar) {
        bracketedNought = isAfterBracket && digit == 0 ? digits.count : nil
        digits.append(digit)
      } else if scalar == "+" || scalar == "\u{FF0B}" {
        guard digits.isEmpty, !hasPlus else { throw .strangeCharacter }
        hasPlus = true
      } else if scalar == ")" || scalar == "\u{FF09}" {
        if let nought = bracketedNought, nought > 0 { digits.remove(at: nought) }
        bracketedNought = nil
      } else if !Self.isBetweenDigits(scalar) {
        throw .strangeCharacter
      }
      isAfterBracket = scalar == "(" || scalar == "\u{FF08}"
    }
    guard !digits.isEmpty else { throw .empty }
    self.digits = digits
    self.hasPlus = hasPlus
  }

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "0"..."9": UInt8(scalar.value - 0x30)
    case "\u{FF10}"..."\u{FF19}": UInt8(scalar.value - 0xFF10)
    default: nil
    }
  }

  private static func isBetweenDigits(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "-", ".", "/", "(", "\u{FF08}", "\u{AD}", "\u{2010}"..."\u{2015}",
      "\u{2212}", "\u{FF0D}", "\u{FF0E}":
      true
    default:
      // Spaces of every width, and the direction marks that an address book copies along.
      scalar.properties.generalCategory == .spaceSeparator
        || scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}
