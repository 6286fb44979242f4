import Glibc

/// A client that keeps its connection to nginx busy with as little as it can.
struct SlowClient {
  /// A target with an answer that is too long for what lies between two programs.
  static let largeTarget = "/hooks/large"

  private enum Kind: CaseIterable {
    /// Sends a byte of a head that never ends.
    case head
    /// Sends a byte of a body of 60,000.
    case body
    /// Reads a byte of a long answer.
    case reader
  }

  /// The bytes that it has dripped.
  private(set) var bytes = 0
  private let client: RawClient
  private let kind: Kind

  /// Connects, and begins what will take long; of five clients two drip heads, two bodies, and one
  /// reads.
  init(number: Int, of nginx: Nginx) throws {
    kind = [.head, .body, .head, .body, .reader][number % 5]
    client = try nginx.client()
    let host = "Host: hooks.elmhomes.example\r\n"
    switch kind {
    case .head: client.send("POST /hooks/slow HTTP/1.1\r\n\(host)X: ")
    case .body: client.send("POST /hooks/slow HTTP/1.1\r\n\(host)Content-Length: 60000\r\n\r\n")
    case .reader:
      var size: Int32 = 2_048
      setsockopt(
        client.descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
      client.send("GET \(Self.largeTarget) HTTP/1.1\r\n\(host)\r\n")
    }
  }

  /// Sends or reads one byte; false when nginx has ended the connection.
  mutating func drip() -> Bool {
    var byte = UInt8(ascii: "x")
    let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
    let count =
      kind == .reader
      ? recv(client.descriptor, &byte, 1, flags) : send(client.descriptor, &byte, 1, flags)
    if count > 0 { bytes += 1 }
    return count > 0 || count < 0 && errno == EAGAIN
  }
}
