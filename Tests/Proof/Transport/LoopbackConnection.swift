import Foundation
import Glibc

/// One connection to the loopback provider, used by one thread.
struct LoopbackConnection: ~Copyable {
  private let descriptor: Int32
  private var unread: [UInt8] = []

  /// Takes over an accepted connection.
  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var option: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &option, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Reads a head; the number at the end of its path and the length of its body, or nil when the
  /// client has closed, or does not speak HTTP.
  mutating func readHead() -> (number: Int, bodyBytes: Int)? {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let head = unread.firstRange(of: end) {
        let text = String(decoding: unread[..<head.lowerBound], as: UTF8.self)
        unread.removeFirst(head.upperBound)
        return Self.facts(of: text)
      }
      guard unread.count < 65_536, unread.first ?? UInt8(ascii: "P") == UInt8(ascii: "P"),
        receive()
      else { return nil }
    }
  }

  /// Reads that many bytes of a body; false when the client closes before.
  mutating func readBody(_ count: Int) -> Bool {
    while unread.count < count { guard receive() else { return false } }
    unread.removeFirst(count)
    return true
  }

  /// Writes the text; what the client no longer takes is left out.
  func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Waits until the client closes or says more, at most that long.
  func wait(milliseconds: Int) {
    var state = pollfd(descriptor, POLLIN)
    poll(&state, 1, Int32(clamping: milliseconds))
  }

  /// Makes the coming close a reset.
  func resetOnClose() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  private mutating func receive() -> Bool {
    let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { piece in
      let count = recv(descriptor, piece.baseAddress, piece.count, 0)
      if count > 0 { unread.append(contentsOf: piece[..<count]) }
      return count
    }
    return count > 0
  }

  private static func facts(of head: String) -> (number: Int, bodyBytes: Int)? {
    let lines = head.split(separator: "\r\n")
    let target = lines.first?.split(separator: " ").dropFirst().first
    guard let number = target?.split(separator: "/").last.flatMap({ Int($0) }) else { return nil }
    let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
    return (number, length ?? 0)
  }
}

extension pollfd {
  /// What to look for on a descriptor.
  init(_ descriptor: Int32, _ events: some BinaryInteger) {
    self.init(fd: descriptor, events: Int16(truncatingIfNeeded: events), revents: 0)
  }
}
