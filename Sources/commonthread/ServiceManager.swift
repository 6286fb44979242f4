import Glibc

/// What the service manager is told, by the protocol of `sd_notify(3)`; nothing without one.
enum ServiceManager {
  /// Says that the gateway serves.
  static func ready() { tell("READY=1") }

  /// Says that the gateway is alive; without it for `WatchdogSec` the manager starts it anew.
  static func alive() { tell("WATCHDOG=1") }

  /// Says that the gateway is stopping.
  static func stopping() { tell("STOPPING=1") }

  private static func tell(_ state: String) {
    guard let name = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }), !name.isEmpty else {
      return
    }
    let connection = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard connection >= 0 else { return }
    defer { close(connection) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var path = Array(name.utf8)
    if path[0] == UInt8(ascii: "@") { path[0] = 0 }
    guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let length = MemoryLayout<sa_family_t>.size + path.count
    let bytes = Array(state.utf8)
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, socklen_t(length))
      }
    }
  }
}
