/// Why a request was refused before any of our own code saw it.
///
/// The text that is sent back is fixed, so that nothing of the request is echoed.
public enum Refusal: Error, Equatable, Sendable, CaseIterable {
  /// Not laid out as RFC 9112 says: bare line feeds, folded lines, NUL, missing colons.
  case malformed
  /// Not `HTTP/1.1`.
  case version
  /// The method is not a token.
  case methodSyntax
  /// A token, but no method that this server knows.
  case methodUnknown
  /// Not a path, or bytes or percent escapes in it that a URL cannot have.
  case target
  /// The target is longer than 8 KiB.
  case targetLength
  /// More than 64 header fields, or more than 16 KiB of them.
  case fieldSize
  /// A name that is no token, or a value with a control character or bytes that are not UTF-8.
  case fieldSyntax
  /// A Transfer-Encoding of any kind: a body must come with its length.
  case lengthRequired
  /// More than one Content-Length, or one that is not 1 to 19 digits.
  case contentLength
  /// No Host, more than one, or one that is empty or has spaces or bytes outside ASCII.
  case host
  /// A body on GET or HEAD.
  case unexpectedBody
  /// A compressed body.
  case contentEncoding
  /// An Expect other than `100-continue`, or one without a body to wait for.
  case expectation

  /// The HTTP status that is answered.
  public var status: Int {
    switch self {
    case .malformed, .methodSyntax, .target, .fieldSyntax, .contentLength, .host,
      .unexpectedBody:
      400
    case .lengthRequired: 411
    case .targetLength: 414
    case .contentEncoding: 415
    case .expectation: 417
    case .fieldSize: 431
    case .methodUnknown: 501
    case .version: 505
    }
  }

  /// The sentence that is answered.
  var sentence: String {
    switch self {
    case .malformed: "The request is malformed.\n"
    case .version: "Only HTTP/1.1 is spoken here.\n"
    case .methodSyntax: "The method is malformed.\n"
    case .methodUnknown: "The method is not known here.\n"
    case .target: "The request target is malformed.\n"
    case .targetLength: "The request target is longer than 8 KiB.\n"
    case .fieldSize: "There are more than 64 header fields or 16 KiB of them.\n"
    case .fieldSyntax: "A header field is malformed.\n"
    case .lengthRequired: "Send the body whole, with a Content-Length.\n"
    case .contentLength: "The Content-Length is malformed or repeated.\n"
    case .host: "Send exactly one Host.\n"
    case .unexpectedBody: "This method takes no body.\n"
    case .contentEncoding: "Send the body without compression.\n"
    case .expectation: "The expectation is not known here.\n"
    }
  }
}
