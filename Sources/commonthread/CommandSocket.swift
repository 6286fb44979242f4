import Dispatch
import Glibc
import HTTP

/// The owner-only socket beside the database, by which a command hands its work to a running
/// `serve`: one JSON line in, one JSON line out (`design.md` 3.3).
final class CommandSocket: Sendable {
  /// What went wrong with the socket, in one sentence.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let listener: Int32
  private let path: String

  /// Listens on the path, replacing what an earlier process left there.
  ///
  /// The caller holds the database's lock, so no other process listens. The socket has mode 0600.
  /// `makeAnswer` is called on a thread of its own for each connection, and gives what does one
  /// command of that connection after the other.
  init(
    path: String, makeAnswer: @escaping @Sendable () -> (JSON) -> JSON
  ) throws(Failure) {
    self.path = path
    unlink(path)
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    let oldMask = umask(0o177)
    defer { umask(oldMask) }
    let opened = listener
    let isListening = Self.withAddress(path) { bind(opened, $0, $1) == 0 } ?? false
    guard isListening, listen(opened, 16) == 0 else {
      close(opened)
      throw Failure(description: "Cannot listen on \(path): \(Self.reason).")
    }
    DispatchQueue(label: "commands").async {
      while true {
        let connection = accept(opened, nil, nil)
        if connection < 0 {
          guard errno == EINTR || errno == ECONNABORTED else { return }
          continue
        }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        DispatchQueue.global().async { Self.serve(connection, makeAnswer()) }
      }
    }
  }

  /// Stops listening and removes the socket.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
    unlink(path)
  }

  /// Hands one command to the process that listens on the path; nil when none listens.
  ///
  /// Throws when it listens and does not answer.
  static func ask(_ command: JSON, at path: String) throws(Failure) -> JSON? {
    guard let caller = Caller(path: path) else { return nil }
    return try caller.ask(command)
  }

  /// The other end of the socket: a process that hands over commands.
  struct Caller: ~Copyable {
    private let connection: Int32

    /// Connects to the process that listens on the path; nil when none does.
    init?(path: String) {
      connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
      let opened = connection
      guard withAddress(path, { connect(opened, $0, $1) == 0 }) ?? false else {
        close(connection)
        return nil
      }
    }

    deinit { close(connection) }

    /// Hands over one command and returns the answer, which may hold an `error`.
    func ask(_ command: JSON) throws(Failure) -> JSON {
      guard CommandSocket.send(command, to: connection),
        let line = CommandSocket.readLine(from: connection), let answer = try? JSON(parsing: line)
      else {
        throw Failure(description: "The running serve did not answer; look at its log.")
      }
      return answer
    }
  }

  private static func serve(_ connection: Int32, _ answer: (JSON) -> JSON) {
    defer { close(connection) }
    while let line = readLine(from: connection) {
      let reply: JSON
      if let command = try? JSON(parsing: line) {
        reply = answer(command)
      } else {
        reply = .object([.init("error", .string("The command was not a line of JSON."))])
      }
      guard send(reply, to: connection) else { return }
    }
  }

  private static func send(_ value: JSON, to connection: Int32) -> Bool {
    let bytes = value.serialized() + [10]
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  private static func readLine(from connection: Int32) -> [UInt8]? {
    var line: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while line.count < lineLimit {
      let count = chunk.withUnsafeMutableBytes { recv(connection, $0.baseAddress, $0.count, 0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      line += chunk[..<count]
      if line.last == 10 { return line.dropLast() }
    }
    return nil
  }

  /// The longest line that is read, in bytes.
  private static let lineLimit = 4 << 20

  private static var reason: String { String(cString: strerror(errno)) }

  private static func withAddress<Result>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
