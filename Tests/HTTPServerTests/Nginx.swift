import Foundation
import Glibc
import HTTP
import HTTPServer

/// A real nginx with the fixture's configuration, in front of a server that this process runs.
final class Nginx {
  /// Whether there is an nginx on this machine to test with.
  static let isInstalled = access(program, X_OK) == 0
  private static let program = "/usr/sbin/nginx"

  /// The port that it listens on.
  private(set) var port: UInt16 = 0
  /// What it puts into every request that it passes on; nobody outside can know it.
  let mark = UUID().uuidString
  private let folder: String
  private let lifetimeSeconds: Int
  private var process: pid_t = 0

  /// Starts it before the server, and waits until it listens; it lives as long as this object, and
  /// never longer than its lifetime.
  init(
    before server: WebServer, patience: String = "10s", lifetimeSeconds: Int = 300
  ) throws {
    self.lifetimeSeconds = lifetimeSeconds
    folder = NSTemporaryDirectory() + "nginx-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Another process may take the port that was free a moment ago.
    for _ in 0..<10 {
      port = try Self.freePort()
      try configuration(gateway: server.port, patience: patience)
        .write(toFile: folder + "/nginx.conf", atomically: true, encoding: .utf8)
      try start()
      if waitUntilListening() { return }
      end()
    }
    throw CannotConnect(errno: ECONNREFUSED)
  }

  deinit {
    end()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// A connection to it.
  func client(patience seconds: Int = 5) throws -> RawClient {
    try RawClient(port: port, patience: seconds)
  }

  /// The requests of a recorder that nginx itself has passed on, and no one else's.
  func isPassedOn(_ request: HTTPRequest) -> Bool {
    request.headers.filter { $0.name.lowercased() == "x-mark" }.map(\.value) == [mark]
  }

  private func configuration(gateway: UInt16, patience: String) throws -> String {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/nginx.conf")
    let values = [
      "{USER}": geteuid() == 0 ? "user root;" : "", "{PREFIX}": folder, "{PORT}": "\(port)",
      "{GATEWAY}": "\(gateway)", "{MARK}": mark, "{PATIENCE}": patience,
    ]
    return try values.reduce(into: String(contentsOf: fixture, encoding: .utf8)) { text, value in
      text = text.replacingOccurrences(of: value.key, with: value.value)
    }
  }

  /// The time limit ends it even where this process dies before it can.
  private func start() throws {
    let words = [
      "/usr/bin/timeout", "--signal=TERM", "\(lifetimeSeconds)", Self.program, "-p", folder, "-e",
      folder + "/error.log", "-c", folder + "/nginx.conf", "-g", "daemon off;",
    ]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // A thread of a test has signals blocked, and the one that is to end nginx must not be.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    // Nor may it keep open what other tests close.
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in Int32(3)..<4_096 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    let result = posix_spawn(&process, words[0], &actions, &attributes, &arguments, environ)
    guard result == 0 else { throw CannotConnect(errno: result) }
  }

  /// Whether it listens; false when it has ended instead.
  private func waitUntilListening() -> Bool {
    let limit = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < limit {
      if (try? RawClient(port: port)) != nil { return true }
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        process = 0
        return false
      }
      sched_yield()
    }
    return false
  }

  private func end() {
    guard process > 0 else { return }
    kill(process, SIGTERM)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    process = 0
  }

  private static func freePort() throws -> UInt16 {
    let server = try WebServer(settings: .local()) { _ in HTTPResponse(status: 204) }
    return server.port
  }
}
