/// One pass over the bytes of a JSON text that finds what must not reach the parser.
///
/// It keeps to the limits, so that the parser's recursion and memory are bounded before it starts,
/// and knows the line of an unbalanced bracket. It does not know the rest of the grammar.
struct JSONScan {
  private let bytes: [UInt8]
  private let limits: JSON.Limits
  private let isJSON5: Bool
  private var index = 0
  private var line = 1
  private var values = 1
  private var open: [UInt8] = []

  init(_ bytes: [UInt8], limits: JSON.Limits, json5: Bool) {
    self.bytes = bytes
    self.limits = limits
    isJSON5 = json5
  }

  /// Scans everything.
  mutating func run() throws(JSONError) {
    guard bytes.count <= limits.bytes else { throw JSONError(reason: .tooLong, line: nil) }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"): try enter(byte)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): try leave(byte)
      case UInt8(ascii: ","): try count()
      case UInt8(ascii: "\""): try skipString(until: byte)
      case UInt8(ascii: "'") where isJSON5: try skipString(until: byte)
      case UInt8(ascii: "/") where isJSON5: try skipComment()
      case 0, 0xFE, 0xFF: throw error(.notUTF8)  // UTF-16 and UTF-32, which Foundation accepts
      default: if isJSON5, Self.isPartOfWord(byte) { try skipWord() }
      }
    }
    guard open.isEmpty else { throw error(.unbalanced) }
  }

  private func error(_ reason: JSONError.Reason) -> JSONError {
    JSONError(reason: reason, line: line)
  }

  /// Counts one value more; every value but the outermost comes after one of `[`, `{` and `,`.
  private mutating func count() throws(JSONError) {
    values += 1
    guard values <= limits.values else { throw error(.tooManyValues) }
  }

  private mutating func enter(_ bracket: UInt8) throws(JSONError) {
    guard open.count < limits.depth else { throw error(.tooDeep) }
    open.append(bracket)
    try count()
  }

  /// The closing bracket is the opening one's code and 2, in ASCII.
  private mutating func leave(_ bracket: UInt8) throws(JSONError) {
    guard open.popLast() == bracket - 2 else { throw error(.unbalanced) }
  }

  private mutating func skipString(until quote: UInt8) throws(JSONError) {
    let start = error(.unbalanced)
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == quote { return }
      if byte == UInt8(ascii: "\\") && index < bytes.count {
        if bytes[index...].starts(with: "\r\n".utf8) { index += 1 }
        if bytes[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
      } else if byte == UInt8(ascii: "\n") || byte == 0 {
        throw error(.syntax)
      }
    }
    throw start
  }

  /// Goes to the end of what stands there without quotes: a name, a number or a word such as `true`.
  ///
  /// Bytes outside ASCII end it, since some of them are white space; what follows them is then
  /// looked at as a word of its own.
  private mutating func skipWord() throws(JSONError) {
    let start = index - 1
    while index < bytes.count, Self.isPartOfWord(bytes[index]) { index += 1 }
    guard Self.isFit(word: bytes[start..<index]) else { throw error(.syntax) }
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x80 && !"[]{},:\"'/".utf8.contains(byte)
  }

  private mutating func skipComment() throws(JSONError) {
    guard index < bytes.count else { return }
    if bytes[index] == UInt8(ascii: "/") {
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n"),
        bytes[index] != UInt8(ascii: "\r")
      { index += 1 }
    } else if bytes[index] == UInt8(ascii: "*") {
      let start = error(.unbalanced)
      index += 1
      while index + 1 < bytes.count {
        if bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/") {
          index += 2
          return
        }
        if bytes[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
      }
      throw start
    }
  }
}
