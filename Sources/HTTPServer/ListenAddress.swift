import Glibc

/// A numeric address and port to listen on.
struct ListenAddress: Equatable, Sendable {
  /// The four bytes of an IPv4 address or the sixteen of an IPv6 address, in network order.
  var bytes: [UInt8]
  /// The port; 0 lets the system choose one.
  var port: UInt16

  /// Reads `127.0.0.1:8080` or `[::1]:8080`; nil for anything else, names included.
  init?(_ text: String) {
    guard text.utf8.count <= 64, let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard (1...5).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits)
    else { return nil }
    self.port = port
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      guard let bytes = Self.bytes(of: String(host.dropFirst().dropLast()), family: AF_INET6)
      else { return nil }
      self.bytes = bytes
    } else {
      guard let bytes = Self.bytes(of: String(host), family: AF_INET) else { return nil }
      self.bytes = bytes
    }
  }

  /// Makes the address of bytes that the system gave.
  init(bytes: [UInt8], port: UInt16) {
    self.bytes = bytes
    self.port = port
  }

  /// Whether only this machine can reach the address: 127.0.0.0/8 and ::1.
  var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
  }

  private static func bytes(of host: String, family: Int32) -> [UInt8]? {
    // A NUL would end the text for C.
    guard !host.utf8.contains(0) else { return nil }
    var bytes = [UInt8](repeating: 0, count: family == AF_INET ? 4 : 16)
    return inet_pton(family, host, &bytes) == 1 ? bytes : nil
  }
}
