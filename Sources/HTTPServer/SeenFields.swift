/// What the header fields of one request say about its framing, gathered one field at a time.
struct SeenFields {
  private var hosts = 0
  private var contentLengths = 0
  private var contentLength: UInt64 = 0
  private var isLengthWellFormed = true
  private var hasTransferEncoding = false
  private var hasContentEncoding = false
  private var isHostWellFormed = true
  private var expectations = 0
  private var isExpectationKnown = true
  private var hasUpgrade = false

  /// Takes note of one field, if it is one that matters.
  mutating func take(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    switch name.count {
    case 4 where name.isSame("host"):
      hosts += 1
      isHostWellFormed = !value.isEmpty && value.allSatisfy { (0x21...0x7E).contains($0) }
    case 6 where name.isSame("expect"):
      expectations += 1
      isExpectationKnown = value.isSame("100-continue")
    case 7 where name.isSame("upgrade"): hasUpgrade = true
    case 14 where name.isSame("content-length"):
      contentLengths += 1
      isLengthWellFormed = readLength(value)
    case 16 where name.isSame("content-encoding"):
      hasContentEncoding = hasContentEncoding || !value.isSame("identity")
    case 17 where name.isSame("transfer-encoding"): hasTransferEncoding = true
    default: break
    }
  }

  /// Decides, once all fields were seen.
  func admission(isBodyless: Bool) throws(Refusal) -> RequestGuard.Admission {
    guard !hasTransferEncoding else { throw .lengthRequired }
    guard contentLengths <= 1, isLengthWellFormed else { throw .contentLength }
    guard hosts == 1, isHostWellFormed else { throw .host }
    guard !isBodyless || contentLength == 0 else { throw .unexpectedBody }
    guard !hasContentEncoding else { throw .contentEncoding }
    guard expectations <= 1, isExpectationKnown else { throw .expectation }
    // RFC 9110 10.1.1: it is for a body to come. Without one, libmicrohttpd 0.9 takes what follows
    // the head for a piece of it, and then no answer.
    guard expectations == 0 || contentLength > 0 else { throw .expectation }
    let isUnusual = hasUpgrade || expectations > 0 || (isBodyless && contentLengths > 0)
    return RequestGuard.Admission(contentLength: contentLength, mayKeepAlive: !isUnusual)
  }

  /// Reads 1 to 19 digits, which always fit; false for anything else.
  private mutating func readLength(_ value: ArraySlice<UInt8>) -> Bool {
    guard (1...19).contains(value.count) else { return false }
    var length: UInt64 = 0
    for byte in value {
      guard (0x30...0x39).contains(byte) else { return false }
      length = length * 10 + UInt64(byte - 0x30)
    }
    contentLength = length
    return true
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes are the word given in lower case, whatever case they are in.
  fileprivate func isSame(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { word in
      elementsEqual(word) { $0 == $1 || ((0x41...0x5A).contains($0) && $0 | 0x20 == $1) }
    }
  }
}
