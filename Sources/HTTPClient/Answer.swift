import HTTP

/// An answer as it comes in, held to its limits.
struct Answer {
  private(set) var headers: [HTTPHeader] = []
  private(set) var body: [UInt8] = []
  /// Why the answer was given up, in one sentence; nil while it is within its limits.
  private(set) var excess: String?

  private let headLimit: Int
  private let bodyLimit: Int
  private var headSize = 0
  private var isHeadComplete = false

  init(headLimit: Int, bodyLimit: Int) {
    self.headLimit = headLimit
    self.bodyLimit = bodyLimit
  }

  /// Takes one line of a head, as libcurl hands it over; false when that is too much.
  ///
  /// A status line begins a new head, for interim answers come before the one that counts. Lines
  /// after the head are trailers and are left out, as RFC 9110 6.5.1 allows.
  mutating func take(line: UnsafeRawBufferPointer) -> Bool {
    headSize += line.count
    guard headSize <= headLimit else {
      excess = "The head of the answer is longer than \(headLimit) bytes."
      return false
    }
    if line.starts(with: "HTTP/".utf8) {
      headers.removeAll()
      isHeadComplete = false
    } else if !isHeadComplete {
      let text = Self.trimmed(line)
      if text.isEmpty {
        isHeadComplete = true
      } else {
        add(text, isFolded: line[0] == UInt8(ascii: " ") || line[0] == UInt8(ascii: "\t"))
      }
    }
    return true
  }

  /// Takes a piece of the body; false when that is too much.
  mutating func take(body piece: UnsafeRawBufferPointer) -> Bool {
    guard piece.count <= bodyLimit - body.count else {
      excess = "The body of the answer is longer than \(bodyLimit) bytes."
      return false
    }
    body.append(contentsOf: piece)
    return true
  }

  /// Adds a field; a folded line continues the one before it (RFC 9112 5.2).
  private mutating func add(_ text: Slice<UnsafeRawBufferPointer>, isFolded: Bool) {
    if isFolded {
      guard let last = headers.indices.last else { return }
      headers[last].value += " " + String(decoding: text, as: UTF8.self)
    } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
      let value = Self.trimmed(UnsafeRawBufferPointer(rebasing: text[(colon + 1)...]))
      headers.append(
        HTTPHeader(
          String(decoding: text[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }
  }

  private static func trimmed(_ bytes: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return bytes[0..<0] }
    return bytes[first...last]
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
