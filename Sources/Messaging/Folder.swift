/// Folds decomposed text scalar by scalar, word by word: the inner part of `Folding`.
struct Folder {
  private enum Kind {
    case word
    case picture
  }

  private var result = String.UnicodeScalarView()
  private var length = 0
  private let limit: Int
  private var word: [Unicode.Scalar] = []
  private var kind = Kind.word
  /// The last scalar of the word that is no mark.
  private var base: Unicode.Scalar = " "

  /// Folds up to `limit` scalars of result.
  init(limit: Int) {
    self.limit = limit
  }

  /// Takes in the next scalar of a text in NFKD.
  mutating func read(_ scalar: Unicode.Scalar) {
    if scalar.isASCII { return read(ascii: scalar) }
    if scalar.properties.isDefaultIgnorableCodePoint {
      // The tags after a black flag say whose flag it is.
      guard isTag(scalar), let last = word.last, last == "\u{1F3F4}" || isTag(last) else { return }
      return append(scalar, to: .picture)
    }
    if Apostrophe.contains(scalar) { return }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      for lower in scalar.properties.lowercaseMapping.unicodeScalars { append(letter: lower) }
    case .decimalNumber, .otherNumber:
      append(Self.digit(scalar), to: .word)
    case .nonspacingMark, .spacingMark, .enclosingMark:
      append(mark: scalar)
    case .otherSymbol:
      append(scalar, to: .picture)
    case .format:
      break
    default:
      // Skin tones are signs that change the picture before them.
      guard !(0x1F3FB...0x1F3FF).contains(scalar.value) else { return }
      if scalar.properties.isEmojiPresentation {
        append(scalar, to: .picture)
      } else {
        endWord()
      }
    }
  }

  /// Does what `read` does without Unicode tables, for most of a text in Latin letters.
  private mutating func read(ascii scalar: Unicode.Scalar) {
    switch scalar {
    case "a"..."z", "0"..."9": append(scalar, to: .word)
    case "A"..."Z": append(Unicode.Scalar(UInt8(scalar.value + 32)), to: .word)
    case "'", "`": break
    default: endWord()
    }
  }

  /// The folded text.
  mutating func finished() -> String {
    endWord()
    return String(result)
  }

  private mutating func append(letter: Unicode.Scalar) {
    switch letter {
    case "ß":
      append("s", to: .word)
      append("s", to: .word)
    case "æ":
      append("a", to: .word)
      append("e", to: .word)
    case "œ":
      append("o", to: .word)
      append("e", to: .word)
    case "þ":
      append("t", to: .word)
      append("h", to: .word)
    case "ł", "ŀ": append("l", to: .word)
    case "ø": append("o", to: .word)
    case "đ", "ð": append("d", to: .word)
    case "ħ": append("h", to: .word)
    case "ŧ": append("t", to: .word)
    case "ı": append("i", to: .word)
    case "ς": append("σ", to: .word)
    // The Arabic stretching stroke is no letter.
    case "\u{640}": break
    default:
      if isMark(letter) { append(mark: letter) } else { append(letter, to: .word) }
    }
  }

  /// Keeps a mark that makes another letter and drops one that is an accent, by its base.
  private mutating func append(mark: Unicode.Scalar) {
    guard kind == .word, !word.isEmpty else { return }
    switch mark.value {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
      // й and ў are letters of their own, and so is ї.
      guard
        mark == "\u{306}" && "иу".unicodeScalars.contains(base) || mark == "\u{308}" && base == "і"
      else { return }
    case 0x64B...0x652, 0x670: return  // vowel signs of Arabic, which most people leave out
    default: break
    }
    word.append(mark)
  }

  private mutating func append(_ scalar: Unicode.Scalar, to kind: Kind) {
    if kind != self.kind { endWord() }
    self.kind = kind
    base = scalar
    word.append(scalar)
  }

  private mutating func endWord() {
    defer { word.removeAll(keepingCapacity: true) }
    let isFirst = length == 0
    guard !word.isEmpty, limit - length > (isFirst ? 0 : 1) else { return }
    if !isFirst { result.append(" ") }
    length += isFirst ? 0 : 1
    if word.count > limit - length { word.removeLast(word.count - (limit - length)) }
    for scalar in Confusables.latin(word) { result.append(scalar) }
    length += word.count
  }

  /// The digit 0 to 9 of any script in ASCII; any other number as it is.
  private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue,
      value >= 0, value <= 9
    else { return scalar }
    return Unicode.Scalar(48 + UInt8(value))
  }
}

private func isTag(_ scalar: Unicode.Scalar) -> Bool {
  (0xE0020...0xE007F).contains(scalar.value)
}

/// Whether it is a mark that belongs to the letter before it.
func isMark(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .spacingMark, .enclosingMark: true
  default: false
  }
}
