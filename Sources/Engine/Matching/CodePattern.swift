/// What a code looks like: A for a letter, 9 for a digit, and signs between them.
public struct CodePattern: Equatable, Sendable {
  /// The pattern as the author wrote it, such as `AA-9999`.
  public let text: String

  /// How many letters and digits a code may have.
  private static let limit = 3...20

  /// Takes a pattern of 3 to 20 places with hyphens, spaces, dots or slashes among them; nil for
  /// anything else.
  public init?(_ text: String) {
    let isGood = text.utf8.allSatisfy { Self.isPlace($0) || "- ./".utf8.contains($0) }
    guard isGood, Self.limit.contains(text.utf8.filter(Self.isPlace).count),
      text.utf8.first.map(Self.isPlace) == true, text.utf8.last.map(Self.isPlace) == true
    else { return nil }
    self.text = text
  }

  /// Whether any place is a digit, without which a code looks like a word.
  var hasDigit: Bool { text.utf8.contains(UInt8(ascii: "9")) }

  /// A code that fits, such as `AB-1234`.
  var example: String {
    var letter = UInt8(ascii: "A")
    var digit = UInt8(ascii: "1")
    return filled { place in
      defer {
        if place == UInt8(ascii: "A") {
          letter = letter == UInt8(ascii: "Z") ? UInt8(ascii: "A") : letter + 1
        } else {
          digit = digit == UInt8(ascii: "9") ? UInt8(ascii: "0") : digit + 1
        }
      }
      return place == UInt8(ascii: "A") ? letter : digit
    } ?? text
  }

  /// The code that these folded letters and digits are, O for 0 and I for 1 forgiven; else nil.
  func code(typed: String) -> String? { code(typed.utf8, isForgiving: true) }

  /// Every code among folded words, right to the letter; none where another word holds a digit.
  func codes(in words: [String]) -> [String] {
    let places = text.utf8.filter(Self.isPlace).count
    var found: [String] = []
    for start in words.indices {
      var joined: [UInt8] = []
      for end in start..<words.endIndex {
        joined += words[end].utf8
        guard joined.count < places else {
          let others = words[..<start] + words[(end + 1)...]
          if let code = code(joined, isForgiving: false),
            !others.contains(where: { $0.utf8.contains(where: Self.isDigit) })
          {
            found.append(code)
          }
          break
        }
      }
    }
    return found
  }

  private func code(_ typed: some Collection<UInt8>, isForgiving: Bool) -> String? {
    guard typed.count == text.utf8.filter(Self.isPlace).count else { return nil }
    var rest = typed.makeIterator()
    return filled { place in
      guard let byte = rest.next() else { return nil }
      return place == UInt8(ascii: "A")
        ? Self.letter(byte, isForgiving: isForgiving) : Self.digit(byte, isForgiving: isForgiving)
    }
  }

  /// The pattern with its places filled; nil as soon as one cannot be.
  private func filled(_ fill: (UInt8) -> UInt8?) -> String? {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      guard Self.isPlace(byte) else {
        bytes.append(byte)
        continue
      }
      guard let filled = fill(byte) else { return nil }
      bytes.append(filled)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isPlace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "A") || byte == UInt8(ascii: "9")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The capital letter for a folded letter, or for the digit that looks like one.
  private static func letter(_ byte: UInt8, isForgiving: Bool) -> UInt8? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
    case UInt8(ascii: "0") where isForgiving: UInt8(ascii: "O")
    case UInt8(ascii: "1") where isForgiving: UInt8(ascii: "I")
    default: nil
    }
  }

  /// The digit, or the digit that a folded letter looks like.
  private static func digit(_ byte: UInt8, isForgiving: Bool) -> UInt8? {
    switch byte {
    case _ where isDigit(byte): byte
    case UInt8(ascii: "o") where isForgiving: UInt8(ascii: "0")
    case UInt8(ascii: "i") where isForgiving: UInt8(ascii: "1")
    default: nil
    }
  }
}
