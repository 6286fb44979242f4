import Foundation
import Glibc
import Synchronization

/// A process that a test starts, with its output in files.
final class ChildProcess: Sendable {
  /// What the process is given beside its words.
  struct Surroundings: Sendable {
    /// Variables beside those of the test.
    var environment: [String: String] = [:]
    /// The file that it reads as standard input.
    var input = "/dev/null"
    /// A descriptor that it finds as number 3; nil for none.
    var inherited: Int32?
  }

  /// The files that hold its standard output and error.
  let output: (out: String, error: String)
  private let id: pid_t
  private let ended = DispatchGroup()
  private let status = Mutex<Int32?>(nil)

  /// Starts `words`, the first of which is the path of the program; output goes to files named
  /// `name` in the folder.
  init(
    _ words: [String], _ surroundings: Surroundings = Surroundings(), in folder: String,
    name: String
  ) throws {
    output = ("\(folder)/\(name).out", "\(folder)/\(name).err")
    var id: pid_t = 0
    let result = Self.spawn(words, surroundings, output, &id)
    guard result == 0 else { throw Missing("cannot start \(words[0]): error \(result)") }
    self.id = id
    ended.enter()
    Thread.detachNewThread { [self, id] in
      var info = siginfo_t()
      while waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
      status.withLock { status in
        var raw: Int32 = 0
        waitpid(id, &raw, 0)
        status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : -(raw & 0x7F)
      }
      ended.leave()
    }
  }

  /// Sends a signal, unless it has ended.
  func signal(_ number: Int32) {
    status.withLock { status in
      if status == nil { _ = Glibc.kill(id, number) }
    }
  }

  /// Waits for the end: the exit code, minus the signal that ended it, or nil when it still runs.
  func exit(within limit: Duration = .seconds(60)) -> Int32? {
    _ = ended.wait(timeout: .now() + .seconds(Int(limit.components.seconds)))
    return status.withLock { $0 }
  }

  /// Whether it still runs.
  var isRunning: Bool { status.withLock { $0 == nil } }

  /// The most memory that it has had at once, in MiB; nil when it has ended.
  var peakMemoryMiB: Int? {
    let lines = text("/proc/\(id)/status").split(separator: "\n")
    let peak = lines.first { $0.hasPrefix("VmHWM:") }?.split(separator: " ").dropLast().last
    return peak.flatMap { Int($0) }.map { $0 / 1024 }
  }

  /// What it has written to standard output so far.
  var out: String { text(output.out) }

  /// What it has written to standard error so far.
  var error: String { text(output.error) }

  private func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  private static func spawn(
    _ words: [String], _ surroundings: Surroundings, _ output: (out: String, error: String),
    _ id: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, surroundings.input, O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, output.out, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, output.error, flags, 0o600)
    if let inherited = surroundings.inherited {
      posix_spawn_file_actions_adddup2(&actions, inherited, 3)
    }
    // The test's own threads may block signals, which a child would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let variables = ProcessInfo.processInfo.environment
      .merging(surroundings.environment) { $1 }.map { "\($0)=\($1)" }
    let path = words[0]
    return withCStrings(words) { words in
      withCStrings(variables) { variables in
        Descriptors.guarded {
          posix_spawn(&id, path, &actions, &attributes, words, variables)
        }
      }
    }
  }
}

/// Calls `body` with the texts as a list of C strings that a null ends.
private func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  var strings: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
  strings.append(nil)
  defer { for string in strings { free(string) } }
  return body(strings)
}

/// Keeps a process from being started between the making of a descriptor and its closing to
/// programs: a child that inherits a connection would keep it open.
enum Descriptors {
  private static let lock = Mutex(())

  static func guarded<Result: Sendable>(_ body: () -> Result) -> Result {
    lock.withLock { _ in body() }
  }
}
