/// A request, received or to be sent, as plain values.
public struct HTTPRequest: Equatable, Sendable {
  /// The method in capitals, such as `POST`.
  public var method: String
  /// The full URL.
  ///
  /// For a callback it is the public URL that the provider called, rebuilt from the
  /// configuration, never from the `Host` header.
  public var url: String
  /// The header fields in the order they came, names in any case.
  public var headers: [HTTPHeader]
  /// The raw body; empty for none.
  public var body: [UInt8]

  /// Makes a request.
  public init(method: String, url: String, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// An answer, given or received, as plain values.
public struct HTTPResponse: Equatable, Sendable {
  /// The status code, 100 to 599.
  public var status: Int
  /// The header fields in order.
  public var headers: [HTTPHeader]
  /// The raw body; empty for none.
  public var body: [UInt8]

  /// Makes an answer.
  public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Makes an answer whose body is text of the media type given.
  public init(status: Int, type: String, text: String) {
    self.init(
      status: status, headers: [HTTPHeader("Content-Type", type)], body: Array(text.utf8))
  }
}

/// One header field.
public struct HTTPHeader: Equatable, Sendable {
  /// The field's name, as it was written.
  public var name: String
  /// The field's value, without the white space around it.
  public var value: String

  /// Makes a header field.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension [HTTPHeader] {
  /// The value of the first field of that name, compared without case as RFC 9110 5.1 says; nil
  /// when there is none.
  public subscript(name: String) -> String? {
    first { $0.name.utf8.elementsEqual(name.utf8, by: Self.isSameASCIILetter) }?.value
  }

  private static func isSameASCIILetter(_ left: UInt8, _ right: UInt8) -> Bool {
    left == right || (left | 0x20 == right | 0x20 && (97...122).contains(left | 0x20))
  }
}
