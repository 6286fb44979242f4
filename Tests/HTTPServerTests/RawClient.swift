import Glibc

/// A TCP client that sends exactly the bytes it is told to.
final class RawClient {
  let descriptor: Int32

  /// Connects to a port of this machine; a read waits at most the seconds given.
  init(port: UInt16, family: Int32 = AF_INET, patience seconds: Int = 5) throws {
    descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var wait = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    let result = family == AF_INET ? connect4(port) : connect6(port)
    guard result == 0 else { throw CannotConnect(errno: errno) }
  }

  /// Connects to a Unix socket.
  init(path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    let result = withUnixAddress(path) { connect(descriptor, $0, $1) }
    guard result == 0 else { throw CannotConnect(errno: errno) }
  }

  deinit { close(descriptor) }

  private func connect4(_ port: UInt16) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private func connect6(_ port: UInt16) -> Int32 {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    address.sin6_addr = in6addr_loopback
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
      }
    }
  }

  /// Sends bytes; what the server no longer takes is left out.
  func send(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  func send(_ text: String) { send(text.utf8) }

  /// Tells the server that nothing more will come.
  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Reads one answer; nil when the server closed the connection or said nothing in time.
  func answer(hasBody: Bool = true) -> Answer? {
    var head: [UInt8] = []
    while !head.ends(with: Array("\r\n\r\n".utf8)) {
      guard let byte = read(1).first else { return nil }
      head.append(byte)
    }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    let fields = lines.dropFirst().map(String.init)
    let length = fields.first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
    return Answer(
      status: status, fields: fields,
      body: String(decoding: hasBody ? read(length ?? 0) : [], as: UTF8.self))
  }

  /// Whether the server has closed the connection, after whatever it still sent.
  func isClosed() -> Bool {
    var byte: UInt8 = 0
    while true {
      let count = recv(descriptor, &byte, 1, 0)
      if count == 0 { return true }
      if count < 0 { return errno == ECONNRESET }
    }
  }

  /// All answers until the server closes the connection.
  func answersUntilClosed() -> [Answer] {
    var answers: [Answer] = []
    while let next = answer() { answers.append(next) }
    return answers
  }

  private func read(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var got = 0
    while got < count {
      let more = bytes[got...].withUnsafeMutableBytes {
        recv(descriptor, $0.baseAddress, $0.count, 0)
      }
      guard more > 0 else { return Array(bytes[..<got]) }
      got += more
    }
    return bytes
  }
}

/// Gives the socket address of a path, which must be short.
func withUnixAddress(
  _ path: String, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Int32
) -> Int32 {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix(107)) }
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      use($0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
}

/// Nothing listens where the client wanted to connect.
struct CannotConnect: Error, Equatable { var errno: Int32 }

/// An answer as it was received.
struct Answer {
  var status: Int
  var fields: [String]
  var body: String

  /// Whether the server said that it closes the connection.
  var closes: Bool { fields.contains { $0.lowercased() == "connection: close" } }

  /// The value of the field of that name in lower case.
  subscript(name: String) -> String? {
    fields.first { $0.lowercased().hasPrefix(name + ":") }
      .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
  }
}

extension Array where Element == UInt8 {
  fileprivate func ends(with tail: [UInt8]) -> Bool { suffix(tail.count).elementsEqual(tail) }
}
