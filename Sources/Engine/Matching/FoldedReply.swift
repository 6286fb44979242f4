import Messaging

/// A person's message, folded once for every rule that looks at it.
public struct FoldedReply: Sendable {
  /// The message as it came, without the white space around it.
  public let text: String
  /// Its words of letters and digits, folded, in order.
  public let words: [String]
  /// Its emoji, in order, without skin tones, variants and repeats.
  public let symbols: [String]

  /// Folds a message; no more is looked at than `Folding` reads.
  public init(_ text: String) {
    let trimmed = String(Self.trimmed(text))
    self.text = trimmed
    let all = Folding.words(trimmed)
    guard let picture = all.firstIndex(where: Self.isPicture) else {
      words = all
      symbols = []
      return
    }
    words = all[..<picture] + all[picture...].filter { !Self.isPicture($0) }
    symbols = Self.symbols(in: all[picture...].filter(Self.isPicture))
  }

  /// The words of the first line; nil when the message is one line.
  var firstLineWords: [String]? {
    let start = text.unicodeScalars.prefix(Folding.limit)
    guard let end = start.firstIndex(where: Self.isLineEnd) else { return nil }
    return FoldedReply(String(start[..<end])).words
  }

  /// The text without the white space around it.
  static func trimmed(_ text: String) -> Substring {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return text[first..<scalars.index(after: last)]
  }

  /// White space, and what keyboards leave behind that nobody sees.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value <= 0x20 }
    return scalar.properties.isWhitespace || scalar == "\u{200B}" || scalar == "\u{FEFF}"
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Whether a folded word is one of pictures: it begins with a sign, not a letter or digit.
  private static func isPicture(_ word: String) -> Bool {
    guard let lead = word.utf8.first, lead >= 0xE2, let first = word.unicodeScalars.first else {
      return false
    }
    return first.properties.generalCategory == .otherSymbol || first.properties.isEmojiPresentation
  }

  private static func symbols(in pictures: [String]) -> [String] {
    var symbols: [String] = []
    for scalar in pictures.joined().unicodeScalars
    where scalar != "\u{2640}" && scalar != "\u{2642}" {
      let symbol = String(scalar)
      if symbols.last != symbol { symbols.append(symbol) }
    }
    return symbols
  }
}
