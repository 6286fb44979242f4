/// The rules that a request must pass before anything else looks at it.
///
/// They are stricter than RFC 9112, because whatever two programs on the way can read differently
/// is how requests are smuggled: a provider's callback and a browser never need more than this.
/// libmicrohttpd 0.9.75 alone lets through much of what is refused here.
public struct RequestGuard: Sendable {
  /// The most bytes that a request target may have.
  public static let targetLimitBytes = 8_192
  /// The most header fields that a request may have.
  public static let fieldLimit = 64
  /// The most bytes that all header fields together may have, line ends included.
  public static let fieldsLimitBytes = 16_384

  /// What the rules found out about a request that passed them.
  public struct Admission: Equatable, Sendable {
    /// The length of the body in bytes; 0 for none.
    public var contentLength: UInt64
    /// Whether the connection may be used again: nothing about the request was unusual.
    public var mayKeepAlive: Bool
  }

  /// Makes the guard.
  public init() {}

  /// Checks a request's head against every rule.
  public func admission(of head: RequestHead) throws(Refusal) -> Admission {
    try checkVersion(head)
    let isBodyless = try checkMethod(head)
    try checkTarget(head.bytes[head.target])
    guard head.fields.count <= Self.fieldLimit, head.fieldBytes <= Self.fieldsLimitBytes else {
      throw .fieldSize
    }
    var seen = SeenFields()
    for field in head.fields {
      try checkSyntax(of: field, in: head)
      seen.take(name: head.bytes[field.name], value: head.bytes[field.value])
    }
    return try seen.admission(isBodyless: isBodyless)
  }

  private func checkVersion(_ head: RequestHead) throws(Refusal) {
    guard head.bytes[head.version].elementsEqual("HTTP/1.1".utf8) else { throw .version }
  }

  /// Refuses what is not one of the known methods; whether it is one that takes no body.
  private func checkMethod(_ head: RequestHead) throws(Refusal) -> Bool {
    let method = head.bytes[head.method]
    guard !method.isEmpty, method.allSatisfy(\.isTokenByte) else { throw .methodSyntax }
    if method.elementsEqual("POST".utf8) { return false }
    if method.elementsEqual("GET".utf8) || method.elementsEqual("HEAD".utf8) { return true }
    for known in ["PUT", "PATCH", "DELETE", "OPTIONS"] where method.elementsEqual(known.utf8) {
      return false
    }
    throw .methodUnknown
  }

  private func checkTarget(_ target: ArraySlice<UInt8>) throws(Refusal) {
    guard target.count <= Self.targetLimitBytes else { throw .targetLength }
    guard target.first == UInt8(ascii: "/") else { throw .target }
    var index = target.startIndex
    while index < target.endIndex {
      let byte = target[index]
      guard (0x21...0x7E).contains(byte), byte != UInt8(ascii: "#") else { throw .target }
      index += 1
      guard byte == UInt8(ascii: "%") else { continue }
      guard index + 1 < target.endIndex, target[index].isHexDigit, target[index + 1].isHexDigit,
        target[index] != UInt8(ascii: "0") || target[index + 1] != UInt8(ascii: "0")
      else { throw .target }
      index += 2
    }
  }

  private func checkSyntax(of field: RequestHead.Field, in head: RequestHead) throws(Refusal) {
    guard !field.name.isEmpty, head.bytes[field.name].allSatisfy(\.isTokenByte) else {
      throw .fieldSyntax
    }
    var isASCII = true
    for byte in head.bytes[field.value] {
      guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else { throw .fieldSyntax }
      isASCII = isASCII && byte < 0x80
    }
    guard isASCII || String(validating: head.bytes[field.value], as: UTF8.self) != nil else {
      throw .fieldSyntax
    }
  }
}

extension UInt8 {
  /// Whether RFC 9110 5.6.2 allows the byte in a token.
  var isTokenByte: Bool {
    switch self {
    // Digits, letters, and !#$%&'*+-.^_`|~
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
    default: false
    }
  }

  fileprivate var isHexDigit: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}
