import Foundation
import Glibc
import HTTP
import HTTPClient

/// A `serve` that runs as a process of its own.
final class RunningServe: Sendable {
  /// How it is started.
  struct Start: Sendable {
    /// A listening socket that it inherits as a service manager's; nil for a port of its own.
    var listener: ListenSocket?
    /// The most blocks of 512 bytes that it can write into a file; nil for no limit.
    var fileBlocks: Int?
    /// Variables of the process beside those that it always has.
    var environment: [String: String] = [:]
  }

  /// The landlord that it serves.
  let landlord: Landlord
  /// The process.
  let process: ChildProcess
  /// The port that it listens on.
  let port: UInt16

  /// Starts it and waits until it says where it listens and is ready to store.
  init(_ landlord: Landlord, _ start: Start = Start()) throws {
    self.landlord = landlord
    let process = try Self.spawn(landlord, start)
    self.process = process
    var announced: UInt16?
    _ = eventually {
      announced = Self.port(in: process.out)
      return announced != nil || !process.isRunning
    }
    guard let announced else {
      process.signal(SIGKILL)
      throw Missing("serve did not start: \(process.error)")
    }
    port = announced
    guard eventually({ status(of: "/readyz") == 200 }) else {
      process.signal(SIGKILL)
      throw Missing("serve did not become ready: \(process.error)")
    }
  }

  /// Starts the process and waits for nothing.
  static func spawn(_ landlord: Landlord, _ start: Start = Start()) throws -> ChildProcess {
    var script = "exec \"$0\" \"$@\""
    if start.listener != nil { script = "LISTEN_PID=$$ LISTEN_FDS=1 " + script }
    if let blocks = start.fileBlocks { script = "ulimit -f \(blocks); " + script }
    return try ChildProcess(
      ["/bin/sh", "-c", script, Landlord.program, "serve", "--config", landlord.configuration],
      .init(
        environment: ["TWILIO_AUTH_TOKEN": Landlord.account.authToken]
          .merging(start.environment) { $1 },
        inherited: start.listener?.descriptor),
      in: landlord.folder, name: "serve-\(UUID().uuidString)")
  }

  deinit {
    kill()
  }

  /// The values of the metrics by name and label.
  func metrics() -> [String: Int] {
    let lines = String(decoding: get("/metrics")?.body ?? [], as: UTF8.self).split(separator: "\n")
    return lines.reduce(into: [:]) { metrics, line in
      let halves = line.split(separator: " ")
      if halves.count == 2, let value = Int(halves[1]) { metrics[String(halves[0])] = value }
    }
  }

  /// Ends it at once, as a power cut ends it.
  func kill() {
    process.signal(SIGKILL)
    _ = process.exit()
  }

  /// Asks it to stop and returns its exit code, or nil when it does not end.
  func terminate() -> Int32? {
    process.signal(SIGTERM)
    return process.exit()
  }

  /// What a GET of the path answers; nil for none.
  func get(_ path: String) -> HTTPResponse? {
    ask(HTTPRequest(method: "GET", url: url(path)))
  }

  /// What a POST to the path answers; nil for none.
  func post(_ path: String, _ body: [UInt8], headers: [HTTPHeader] = []) -> HTTPResponse? {
    ask(HTTPRequest(method: "POST", url: url(path), headers: headers, body: body))
  }

  /// The status that a GET of the path answers; nil for none.
  func status(of path: String) -> Int? { get(path)?.status }

  private func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  private func ask(_ request: HTTPRequest) -> HTTPResponse? {
    guard let client = try? WebClient(),
      case .answered(let response) = client.perform(request, timeout: .seconds(10))
    else { return nil }
    return response
  }

  private static func port(in announcement: String) -> UInt16? {
    let mark = " on http://127.0.0.1:"
    guard let start = announcement.range(of: mark)?.upperBound else { return nil }
    let rest = announcement[start...]
    guard let end = rest.firstIndex(of: "\n") else { return nil }
    return UInt16(rest[..<end])
  }
}

/// A socket that listens on this machine as long as the value lives, whoever serves it.
final class ListenSocket: Sendable {
  let descriptor: Int32
  let port: UInt16

  /// Makes a socket on a free port; connections to it are refused until it is open.
  init(isOpen: Bool = true) throws {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_INET, type, 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && (!isOpen || listen(descriptor, 1024) == 0)
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw Missing("a socket to listen on") }
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit {
    close(descriptor)
  }

  /// Takes connections from now on.
  func open() {
    listen(descriptor, 1024)
  }
}
