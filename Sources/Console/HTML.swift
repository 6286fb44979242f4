/// A piece of a page in which every datum is escaped.
///
/// It is written as a string literal: what the literal spells is markup, what is interpolated is
/// text. Markup is a `StaticString` by type, so no datum can become markup, and there is no other
/// way in. The escaping is right for text between tags and for attribute values in double quotes;
/// every attribute must have quotes.
///
///     let row: HTML = "<td title=\"\(name)\">\(name)</td>"
public struct HTML: ExpressibleByStringInterpolation, Equatable, Sendable {
  /// The markup in UTF-8.
  public private(set) var bytes: [UInt8]

  /// Makes a piece that is all markup.
  public init(stringLiteral markup: StaticString) {
    bytes = markup.withUTF8Buffer { Array($0) }
  }

  /// Makes a piece of markup with data in it.
  public init(stringInterpolation pieces: StringInterpolation) {
    bytes = pieces.bytes
  }

  /// What the compiler builds an interpolated literal with.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    /// Starts an empty piece.
    public init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    /// Adds markup.
    public mutating func appendLiteral(_ markup: StaticString) {
      markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Adds text, escaped; a template that puts it right after an equals sign is a mistake of ours.
    public mutating func appendInterpolation(_ text: String) {
      precondition(bytes.last != UInt8(ascii: "="), "An attribute value needs its quotes.")
      HTML.escape(text, into: &bytes)
    }

    /// Adds a whole number.
    public mutating func appendInterpolation(_ number: Int) {
      appendInterpolation(String(number))
    }

    /// Adds a piece as it is; nothing for nil.
    public mutating func appendInterpolation(_ piece: HTML?) {
      bytes.append(contentsOf: piece?.bytes ?? [])
    }

    /// Adds pieces one after the other.
    public mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { bytes.append(contentsOf: piece.bytes) }
    }
  }

  /// Adds `text` to `bytes` so that it reads as itself, with the characters that nobody sees shown.
  ///
  /// A NUL shows as its picture `␀`, a right-to-left override as `[U+202E]`.
  private static func escape(_ text: String, into bytes: inout [UInt8]) {
    var isInFlag = false
    for scalar in text.unicodeScalars {
      isInFlag = scalar == blackFlag || (isInFlag && flagTags.contains(scalar))
      switch scalar {
      case "&": bytes.append(contentsOf: "&amp;".utf8)
      case "<": bytes.append(contentsOf: "&lt;".utf8)
      case ">": bytes.append(contentsOf: "&gt;".utf8)
      case "\"": bytes.append(contentsOf: "&quot;".utf8)
      case "'": bytes.append(contentsOf: "&#39;".utf8)
      case _ where isInFlag || !isUnseen(scalar): bytes.append(contentsOf: scalar.utf8)
      default: bytes.append(contentsOf: name(ofUnseen: scalar).utf8)
      }
    }
  }

  /// Whether `scalar` has no shape of its own and is not needed to write a language rightly.
  ///
  /// Tab and line ends stay. So do the joiners, which Urdu, Persian and families of emoji are
  /// spelled with, and the marks of direction, which cannot reach outside an isolated text as
  /// overrides, embeddings and isolates might.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7F).contains(scalar.value) { return false }
    switch scalar {
    case "\t", "\n", "\r", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{061C}":
      return false
    default:
      break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }

  private static func name(ofUnseen scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case ..<0x20: return String(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
    case 0x7F: return "\u{2421}"
    default: break
    }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "[U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "]"
  }

  /// The flags of England, Scotland and Wales are a black flag and unseen letters after it.
  private static let blackFlag: Unicode.Scalar = "\u{1F3F4}"
  private static let flagTags: ClosedRange<Unicode.Scalar> = "\u{E0020}"..."\u{E007F}"
}
