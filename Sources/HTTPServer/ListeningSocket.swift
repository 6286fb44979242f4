import Glibc

/// A socket that is bound and listening, and who it belongs to.
struct ListeningSocket: Sendable {
  /// The file descriptor.
  let descriptor: Int32
  /// The port; 0 for a Unix socket.
  let port: UInt16
  /// Whether the service manager opened it and keeps it, so that it is not ours to close.
  let isInherited: Bool

  /// Connections that may wait to be accepted: a burst, or everything during a restart.
  private static let backlog: Int32 = 4_096

  /// Opens a socket of our own.
  static func opened(
    on text: String, allowPublic: Bool
  ) throws(ServerError) -> ListeningSocket {
    guard let address = ListenAddress(text) else { throw .badAddress(text) }
    guard allowPublic || address.isLoopback else { throw .publicAddress(text) }
    let family = address.bytes.count == 4 ? AF_INET : AF_INET6
    let kind = Int32(
      SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(family, kind, 0)
    guard descriptor >= 0 else { throw .cannotListen(text, errno: errno) }
    setOption(descriptor, level: SOL_SOCKET, name: SO_REUSEADDR)
    if family == AF_INET6 {
      setOption(descriptor, level: Int32(IPPROTO_IPV6), name: IPV6_V6ONLY)
    }
    guard bind(descriptor, to: address) == 0, listen(descriptor, backlog) == 0,
      let port = localAddress(of: descriptor)?.port
    else {
      let reason = errno
      Glibc.close(descriptor)
      throw .cannotListen(text, errno: reason)
    }
    return ListeningSocket(descriptor: descriptor, port: port, isInherited: false)
  }

  /// Takes over a socket that is already listening: IPv4, IPv6 or a Unix socket.
  static func inherited(
    _ descriptor: Int32, allowPublic: Bool
  ) throws(ServerError) -> ListeningSocket {
    guard option(descriptor, SO_ACCEPTCONN) == 1,
      option(descriptor, SO_TYPE) == Int32(SOCK_STREAM.rawValue)
    else { throw .notListening(descriptor: descriptor) }
    let address = localAddress(of: descriptor)
    guard address != nil || option(descriptor, SO_DOMAIN) == AF_UNIX else {
      throw .notListening(descriptor: descriptor)
    }
    guard allowPublic || address?.isLoopback != false else {
      throw .publicAddress("The inherited socket")
    }
    // The library polls and then accepts: without this a connection that has gone away in between
    // would block it.
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return ListeningSocket(
      descriptor: descriptor, port: address?.port ?? 0, isInherited: true)
  }

  /// Closes the socket, unless it belongs to the service manager: then the connections that come
  /// now wait in it for the next process.
  func close() {
    if !isInherited { Glibc.close(descriptor) }
  }

  private static func setOption(_ descriptor: Int32, level: Int32, name: Int32) {
    var on: Int32 = 1
    // Both options are known to every Linux; a failure would show in bind.
    _ = setsockopt(descriptor, level, name, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func option(_ descriptor: Int32, _ name: Int32) -> Int32? {
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
  }

  private static func bind(_ descriptor: Int32, to address: ListenAddress) -> Int32 {
    if address.bytes.count == 4 {
      var storage = sockaddr_in()
      storage.sin_family = sa_family_t(AF_INET)
      storage.sin_port = address.port.bigEndian
      withUnsafeMutableBytes(of: &storage.sin_addr) { $0.copyBytes(from: address.bytes) }
      return bind(descriptor, &storage, MemoryLayout<sockaddr_in>.size)
    }
    var storage = sockaddr_in6()
    storage.sin6_family = sa_family_t(AF_INET6)
    storage.sin6_port = address.port.bigEndian
    withUnsafeMutableBytes(of: &storage.sin6_addr) { $0.copyBytes(from: address.bytes) }
    return bind(descriptor, &storage, MemoryLayout<sockaddr_in6>.size)
  }

  private static func bind<Address>(
    _ descriptor: Int32, _ address: inout Address, _ size: Int
  ) -> Int32 {
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(size))
      }
    }
  }

  /// The address that a socket is bound to; nil when it is not an internet socket.
  private static func localAddress(of descriptor: Int32) -> ListenAddress? {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &size)
      }
    }
    guard result == 0 else { return nil }
    return withUnsafeBytes(of: storage) { raw in
      switch Int32(storage.ss_family) {
      case AF_INET:
        let address = raw.load(as: sockaddr_in.self)
        return ListenAddress(
          bytes: withUnsafeBytes(of: address.sin_addr) { Array($0) },
          port: UInt16(bigEndian: address.sin_port))
      case AF_INET6:
        let address = raw.load(as: sockaddr_in6.self)
        return ListenAddress(
          bytes: withUnsafeBytes(of: address.sin6_addr) { Array($0) },
          port: UInt16(bigEndian: address.sin6_port))
      default: return nil
      }
    }
  }
}

/// The system's words for an `errno`.
func systemMessage(_ code: Int32) -> String {
  String(cString: strerror(code))
}
