import HTTP

/// Why an answer was not sent as the handler gave it.
public enum AnswerFault: Error, Equatable, Sendable, CaseIterable {
  /// The status is not 200 to 599.
  case status
  /// A field name is not a token.
  case fieldName
  /// A field value has a control character, which could start a header or a body of its own.
  case fieldValue
  /// A field that is the server's own business, such as Content-Length or Connection.
  case reservedField
  /// libmicrohttpd did not take the answer: memory is short.
  case library

  /// What happened, in a sentence without any of the answer's content.
  public var sentence: String {
    switch self {
    case .status: "The answer's status is not 200 to 599."
    case .fieldName: "The answer has a header name that is no token."
    case .fieldValue: "The answer has a header value with a control character."
    case .reservedField: "The answer has a header that only the server may set."
    case .library: "libmicrohttpd did not take the answer."
    }
  }

  private static let reserved = [
    "connection", "content-length", "date", "keep-alive", "trailer", "transfer-encoding", "upgrade",
  ]

  /// What is wrong with an answer; nil when it can be sent.
  init?(in response: HTTPResponse) {
    guard (200...599).contains(response.status) else {
      self = .status
      return
    }
    for header in response.headers {
      guard !header.name.isEmpty, header.name.utf8.allSatisfy(\.isTokenByte) else {
        self = .fieldName
        return
      }
      guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        self = .fieldValue
        return
      }
      guard !Self.reserved.contains(header.name.lowercased()) else {
        self = .reservedField
        return
      }
    }
    return nil
  }
}
