import HTTP

/// What is checked of a request before libcurl sees it.
enum RequestRules {
  /// Why the request is not sent, in one sentence without any of its contents; nil when it may be.
  static func refusal(of request: HTTPRequest) -> String? {
    guard let url = URLParts(request.url) else { return "The URL is not an absolute http(s) URL." }
    guard url.mayBeCalled else { return "The URL is neither https nor on this machine." }
    guard isToken(request.method) else { return "The method is not a word." }
    guard request.body.isEmpty || !isSafe(request.method) else {
      return "A \(request.method) request carries no body."
    }
    for header in request.headers {
      guard isToken(header.name) else { return "A header's name is not a word." }
      guard header.value.utf8.allSatisfy(isFieldByte) else {
        return "The value of the header \(header.name) has a control character."
      }
      guard !isWrittenHere(header.name) else { return "The client itself writes \(header.name)." }
    }
    return nil
  }

  /// Whether sending the method twice does no harm by RFC 9110 9.2.1, so libcurl may repeat it.
  static func isSafe(_ method: String) -> Bool { method == "GET" || method == "HEAD" }

  /// Whether the header frames the body, or asks for leave to send it.
  private static func isWrittenHere(_ name: String) -> Bool {
    switch name.utf8.count {
    case 6: name.lowercased() == "expect"
    case 14: name.lowercased() == "content-length"
    case 17: name.lowercased() == "transfer-encoding"
    default: false
    }
  }

  /// Whether it is a token of RFC 9110 5.6.2.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"),
      UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"),
      UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// Whether the byte may stand in a field's value by RFC 9110 5.5.
  private static func isFieldByte(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t")
  }
}
