/// The checksum that stands in the last 8 bytes of every page of a database file.
///
/// SQLite itself has none, so that a bit that flipped in a text or in an opt-out's address would be
/// read as if it had been written. A change within one aligned word of 8 bytes is always found, any
/// other but for one in 2⁶⁴; so is a page that stands in the place of another. It is no signature:
/// whoever can write the file can seal it. A write that the disk forgot altogether is not found.
enum PageSeal {
  /// The bytes that each page keeps free for it: SQLite's "reserved space".
  static let byteCount = 8

  /// The checksum of a whole page, of which the last 8 bytes do not count.
  ///
  /// `number` is the page's place in its file, from 1. Each step is a bijection of what was before and
  /// of the word, so that one changed word cannot be made up for by the others.
  static func seal(of page: UnsafeRawBufferPointer, number: UInt64) -> UInt64 {
    var sum = 0x9E37_79B9_7F4A_7C15 ^ number
    for offset in stride(from: 0, to: page.count - byteCount, by: 8) {
      let word = page.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      sum = (sum ^ UInt64(littleEndian: word)) &* 0xD6E8_FEB8_6659_FD93
      sum ^= sum >> 32
    }
    return sum
  }

  /// Whether the page has the seal of its content and place.
  static func holds(for page: UnsafeRawBufferPointer, number: UInt64) -> Bool {
    let found = page.loadUnaligned(fromByteOffset: page.count - byteCount, as: UInt64.self)
    return UInt64(littleEndian: found) == seal(of: page, number: number)
  }

  /// Puts the seal into the page.
  static func put(on page: UnsafeMutableRawBufferPointer, number: UInt64) {
    let sum = seal(of: UnsafeRawBufferPointer(page), number: number)
    page.storeBytes(
      of: sum.littleEndian, toByteOffset: page.count - byteCount, as: UInt64.self)
  }
}

/// What the beginning of a database file says of its pages.
///
/// Source: <https://www.sqlite.org/fileformat2.html#the_database_header>.
struct DatabaseHeader {
  /// The bytes of a page: a power of two from 512 to 65,536.
  let pageSize: Int
  /// Whether each page keeps the place of a seal free.
  let hasSeals: Bool

  /// The bytes of the whole header.
  static let byteCount = 100

  /// Reads the header; nil when the bytes do not begin with one.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 24, bytes.prefix(16).elementsEqual(Self.magic) else { return nil }
    let size = Int(bytes[16]) << 8 | Int(bytes[17])
    pageSize = size == 1 ? 65_536 : size
    guard pageSize >= 512, pageSize & (pageSize - 1) == 0 else { return nil }
    hasSeals = bytes[20] == UInt8(PageSeal.byteCount)
  }

  private static let magic = Array("SQLite format 3\0".utf8)
}
