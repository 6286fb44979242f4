/// The name of one of our records: 128 bits, 48 of time and 80 of chance.
///
/// Ids that are made later sort later, to the millisecond. The layout and the text form are those
/// of ULID (<https://github.com/ulid/spec>): 26 letters and digits of Crockford's base 32.
public struct RecordID: Hashable, Comparable, Sendable {
  /// The upper 64 bits: 48 of milliseconds, then 16 of chance.
  public let high: UInt64
  /// The lower 64 bits, all of chance.
  public let low: UInt64

  /// Makes an id for `instant` from 80 of the 128 random bits given.
  public init(at instant: Instant, random: (UInt64, UInt64)) {
    high = UInt64(bitPattern: instant.milliseconds) << 16 | (random.0 & 0xFFFF)
    low = random.1
  }

  /// Makes an id from its two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// When the record was made, to the millisecond.
  public var instant: Instant { Instant(milliseconds: Int64(high >> 16)) }

  /// The id that sorts directly after this one, for a second record of the same millisecond.
  public var next: RecordID {
    RecordID(high: low == .max ? high &+ 1 : high, low: low &+ 1)
  }

  /// Reads the 16 bytes that `bytes` gave; nil for any other number of bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    high = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes[8...].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Reads the 26 characters that `text` gave, in either case; nil for anything else.
  public init?(text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 26, digits[0] <= UInt8(ascii: "7") else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for digit in digits {
      let lower = digit >= 65 && digit <= 90 ? digit + 32 : digit
      guard let value = Self.alphabet.firstIndex(of: lower) else { return nil }
      high = high << 5 | low >> 59
      low = low << 5 | UInt64(value)
    }
    self.high = high
    self.low = low
  }

  /// The 16 bytes of the id, highest first, so that bytes sort as ids do.
  public var bytes: [UInt8] {
    (0..<16).map { index in
      let half = index < 8 ? high : low
      return UInt8(truncatingIfNeeded: half >> UInt64(56 - (index & 7) * 8))
    }
  }

  /// The 26 lower-case characters of the id, which sort as ids do.
  public var text: String {
    var characters: [UInt8] = []
    characters.reserveCapacity(26)
    for shift in stride(from: 125, through: 0, by: -5) {
      let value: UInt64
      if shift >= 64 {
        value = high >> UInt64(shift - 64)
      } else if shift > 59 {
        value = high << UInt64(64 - shift) | low >> UInt64(shift)
      } else {
        value = low >> UInt64(shift)
      }
      characters.append(Self.alphabet[Int(value & 31)])
    }
    return String(decoding: characters, as: UTF8.self)
  }

  /// Whether the left id sorts before the right one.
  public static func < (left: RecordID, right: RecordID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  private static let alphabet: [UInt8] = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
