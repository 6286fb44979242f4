import HTTP

/// The bytes of a request before its body, split into fields but not yet trusted.
///
/// All the bytes are in one buffer, so that a request costs two allocations here however many
/// header fields it has.
public struct RequestHead: Sendable {
  /// Where one header field lies in the buffer.
  struct Field: Sendable {
    var name: Range<Int>
    var value: Range<Int>
  }

  private(set) var bytes: [UInt8]
  let method: Range<Int>
  let target: Range<Int>
  let version: Range<Int>
  private(set) var fields: [Field] = []

  /// Starts a head with the three parts of the request line, as they were received.
  public init(
    method: some Collection<UInt8>, target: some Collection<UInt8>,
    version: some Collection<UInt8>
  ) {
    bytes = []
    bytes.reserveCapacity(1_024)
    fields.reserveCapacity(16)
    bytes.append(contentsOf: method)
    self.method = 0..<bytes.count
    bytes.append(contentsOf: target)
    self.target = self.method.upperBound..<bytes.count
    bytes.append(contentsOf: version)
    self.version = self.target.upperBound..<bytes.count
  }

  /// Adds the next header field, as it was received.
  public mutating func append(
    name: some Collection<UInt8>, value: some Collection<UInt8>
  ) {
    let start = bytes.count
    bytes.append(contentsOf: name)
    let middle = bytes.count
    bytes.append(contentsOf: value)
    fields.append(Field(name: start..<middle, value: middle..<bytes.count))
  }

  /// The size of the header fields as they were sent: each with a colon, a space and a line end.
  var fieldBytes: Int { bytes.count - version.upperBound + 4 * fields.count }

  /// The target up to the question mark.
  var path: String {
    let end = bytes[target].firstIndex(of: UInt8(ascii: "?")) ?? target.upperBound
    return text(target.lowerBound..<end)
  }

  /// The request as plain values, without a body; its URL is the target exactly as received.
  ///
  /// Only for a head that the guard has admitted: what is not UTF-8 would be altered here.
  var request: HTTPRequest {
    HTTPRequest(
      method: text(method), url: text(target),
      headers: fields.map { HTTPHeader(text($0.name), text(trimmed($0.value))) })
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The range without the spaces and tabs around it, which RFC 9110 5.5 says are no part of a
  /// value.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let slice = bytes[range]
    guard let first = slice.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
      let last = slice.lastIndex(where: { $0 != 0x20 && $0 != 0x09 })
    else { return range.lowerBound..<range.lowerBound }
    return first..<last + 1
  }
}
