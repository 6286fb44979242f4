/// A postcode by its shape and area; whether anything is delivered there is not known.
///
/// Source: Royal Mail, Programmer's Guide to the Postcode Address File, edition 7, chapter 3.
struct Postcode: Equatable, Sendable {
  /// The postcode with one space, such as `M4 5JD`.
  let text: String

  /// Reads folded letters and digits without spaces, O for 0 and I for 1 forgiven where only one
  /// postcode comes of it.
  init?(typed: String) {
    if let exact = Self.exact(typed.utf8) {
      self = exact
      return
    }
    guard (5...7).contains(typed.utf8.count) else { return nil }
    let found = Self.shapes.compactMap { Self.exact(Self.forgiven(typed.utf8, as: $0)) }
    guard let first = found.first, found.allSatisfy({ $0 == first }) else { return nil }
    self = first
  }

  private init(text: String) { self.text = text }

  /// Every postcode among folded words, right to the letter, in one word or in two.
  static func all(in words: [String]) -> [Postcode] {
    var found: [Postcode] = []
    for (index, word) in words.enumerated() where word.utf8.count <= 7 {
      if let postcode = exact(word.utf8) { found.append(postcode) }
      guard (2...4).contains(word.utf8.count), index + 1 < words.count,
        words[index + 1].utf8.count == 3,
        let postcode = exact((word + words[index + 1]).utf8)
      else { continue }
      found.append(postcode)
    }
    return found
  }

  /// The shapes of all postcodes: A for a letter, 9 for a digit.
  private static let shapes = ["A99AA", "A999AA", "AA99AA", "AA999AA", "A9A9AA", "AA9A9AA"]

  private static func forgiven(_ typed: String.UTF8View, as shape: String) -> [UInt8] {
    guard typed.count == shape.utf8.count else { return [] }
    return zip(typed, shape.utf8).map { byte, place in
      switch (byte, place == UInt8(ascii: "A")) {
      case (UInt8(ascii: "0"), true): UInt8(ascii: "o")
      case (UInt8(ascii: "1"), true): UInt8(ascii: "i")
      case (UInt8(ascii: "o"), false): UInt8(ascii: "0")
      case (UInt8(ascii: "i"), false): UInt8(ascii: "1")
      default: byte
      }
    }
  }

  private static func exact(_ typed: some BidirectionalCollection<UInt8>) -> Postcode? {
    guard (5...7).contains(typed.count), typed.allSatisfy({ isLetter($0) || isDigit($0) }) else {
      return nil
    }
    let capitals = typed.map { isLetter($0) ? $0 - 32 : $0 }
    let inward = capitals.suffix(3)
    let outward = capitals.dropLast(3)
    let area = outward.prefix { !isDigit($0) }
    guard let sector = inward.first, isDigit(sector),
      inward.dropFirst().allSatisfy({ !isDigit($0) && !"CIKMOV".utf8.contains($0) }),
      areas.contains(String(decoding: area, as: UTF8.self)),
      isDistrict(Array(outward.dropFirst(area.count)), in: String(decoding: area, as: UTF8.self))
    else { return nil }
    let text =
      String(decoding: outward, as: UTF8.self) + " " + String(decoding: inward, as: UTF8.self)
    return Postcode(text: text)
  }

  /// One or two digits without a nought in front, or in London a digit and a letter.
  private static func isDistrict(_ district: [UInt8], in area: String) -> Bool {
    guard let first = district.first, isDigit(first) else { return false }
    if district.count == 1 { return first != UInt8(ascii: "0") || areasWithNought.contains(area) }
    guard district.count == 2, first != UInt8(ascii: "0") else { return false }
    if isDigit(district[1]) { return true }
    let letters = area.utf8.count == 1 ? "ABCDEFGHJKPSTUW" : "ABEHMNPRVWXY"
    return areasWithLetters.contains(area) && letters.utf8.contains(district[1])
  }

  /// Whether it is a small letter: words are folded.
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static let areasWithLetters: Set<String> = ["E", "EC", "N", "NW", "SE", "SW", "W", "WC"]

  private static let areasWithNought: Set<String> = [
    "BL", "BS", "CM", "CR", "FY", "HA", "PR", "SL", "SS",
  ]

  /// The postcode areas of the United Kingdom, Guernsey, Jersey and the Isle of Man.
  private static let areas = Set(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E \
    EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL \
    LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM \
    SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    """.split(separator: " ").map(String.init))
}
