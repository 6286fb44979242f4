import Messaging

extension String {
  /// The text, or the whole characters within its first 8,000 bytes, so that it can be stored.
  var clipped: String {
    guard utf8.count > 8000 else { return self }
    var end = utf8.index(startIndex, offsetBy: 8000)
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}

/// Writes the few kinds of value that a lane consists of.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  /// Makes an empty writer with room for a usual lane.
  init() {
    bytes.reserveCapacity(256)
  }

  /// Writes a number, seven bits a byte, lowest first; negative ones as their two's complement.
  mutating func write(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Writes text as its length in bytes and its UTF-8.
  mutating func write(_ text: String) {
    write(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes text that may be missing; empty text is not told from missing text.
  mutating func write(_ text: String?) { write(text ?? "") }

  /// Writes up to eight flags in one byte.
  mutating func write(flags: [Bool]) {
    bytes.append(flags.reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
  }

  /// Writes a list.
  mutating func write<Element>(_ list: [Element], _ each: (inout ByteWriter, Element) -> Void) {
    write(list.count)
    for element in list { each(&self, element) }
  }
}

/// Reads what `ByteWriter` wrote; anything else gives nil and never traps.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  /// The longest text that is read, in bytes.
  static let textLimit = 16_384

  /// Makes a reader of these bytes.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether everything was read.
  var isAtEnd: Bool { position == bytes.count }

  /// Reads one byte.
  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    position += 1
    return bytes[position - 1]
  }

  /// Reads a number.
  mutating func number() -> Int? {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = byte() {
      guard shift < 63 || (shift == 63 && byte <= 1) else { return nil }
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(truncatingIfNeeded: Int64(bitPattern: number)) }
      shift += 7
    }
    return nil
  }

  /// Reads a number within a range.
  mutating func number(in range: ClosedRange<Int>) -> Int? {
    number().flatMap { range.contains($0) ? $0 : nil }
  }

  /// Reads a time; one so far away that reckoning with it would overflow is a mistake.
  mutating func time() -> Instant? {
    number(in: -(1 << 53)...(1 << 53)).map { Instant(milliseconds: Int64($0)) }
  }

  /// Reads text.
  mutating func text() -> String? {
    guard let count = number(in: 0...Self.textLimit), count <= bytes.count - position else {
      return nil
    }
    defer { position += count }
    return String(validating: bytes[position..<(position + count)], as: UTF8.self)
  }

  /// Reads text that may be missing: the outer nil is a mistake, the inner one missing text.
  mutating func optionalText() -> String?? {
    text().map { $0.isEmpty ? nil : $0 }
  }

  /// Reads flags.
  mutating func flags(_ count: Int) -> [Bool]? {
    guard let byte = byte(), byte >> count == 0 else { return nil }
    return (0..<count).map { byte >> $0 & 1 == 1 }
  }

  /// Reads a list of at most `limit`.
  mutating func list<Element>(
    upTo limit: Int, _ each: (inout ByteReader) -> Element?
  ) -> [Element]? {
    guard let count = number(in: 0...limit) else { return nil }
    var list: [Element] = []
    for _ in 0..<count {
      guard let element = each(&self) else { return nil }
      list.append(element)
    }
    return list
  }
}
