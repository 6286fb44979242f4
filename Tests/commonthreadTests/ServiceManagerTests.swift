import Foundation
import Glibc
import Testing

extension ProcessTests {
  /// What the service manager hears.
  @Suite struct ServiceManagerTests {
    @Test func `serve says that it is ready, alive and stopping`() throws {
      let landlord = try Landlord()
      let manager = try NotifySocket(path: landlord.folder + "/notify")
      let serve = try RunningServe(
        landlord, .init(environment: ["NOTIFY_SOCKET": landlord.folder + "/notify"]))
      #expect(manager.next() == "READY=1")
      #expect(manager.next() == "WATCHDOG=1")
      #expect(serve.terminate() == 0)
      var last = manager.next()
      while last == "WATCHDOG=1" { last = manager.next() }
      #expect(last == "STOPPING=1")
    }
  }
}

/// The socket of a service manager, by the protocol of `sd_notify(3)`.
private final class NotifySocket {
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw Missing("a shorter path for the socket")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let opened = descriptor
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(opened, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    guard isBound else { throw Missing("a socket at \(path)") }
  }

  deinit { close(descriptor) }

  /// The next thing that is said; empty when nothing comes.
  func next() -> String {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, 20_000) == 1 else { return "" }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
