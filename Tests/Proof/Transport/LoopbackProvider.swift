import Foundation
import Glibc
import Synchronization

/// A provider on this machine that does to each request what its plan says, and counts.
final class LoopbackProvider: Sendable {
  /// What the provider has seen.
  struct Ledger: Sendable {
    /// How often each send was received whole, by its number.
    var received: [Int]
    /// The connections accepted.
    var connections = 0
    /// The times that it read a whole request on a connection that had carried one before, and hung
    /// up without a byte.
    var hangUpsOnReuse = 0
  }

  /// The port that it listens on.
  let port: Int
  private let listener: Int32
  private let plans: [TransportPlan]
  private let account: Mutex<Ledger>
  private let open = Mutex<Set<Int32>>([])
  private let isStopping = Atomic(false)
  private let threads = DispatchGroup()

  /// Starts to listen; each connection has a thread of its own.
  init(plans: [TransportPlan]) throws {
    self.plans = plans
    account = Mutex(Ledger(received: Array(repeating: 0, count: plans.count)))
    (listener, port) = try Self.listen()
    start { $0.acceptAll() }
  }

  /// Reads everything that the client has sent, which must be stopped, and gives the ledger.
  func stop() -> Ledger {
    isStopping.store(true, ordering: .sequentiallyConsistent)
    threads.wait()
    return account.withLock { $0 }
  }

  /// A port where nobody listens; the descriptor keeps it taken until it is closed.
  static func silentPort() throws -> (descriptor: Int32, port: Int) {
    try listen(backlog: nil)
  }

  private static func listen(backlog: Int32? = 512) throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound, backlog.map({ Glibc.listen(descriptor, $0) == 0 }) ?? true else {
      throw POSIXError(.EADDRNOTAVAIL)
    }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
  }

  private func start(_ body: @escaping @Sendable (LoopbackProvider) -> Void) {
    threads.enter()
    Thread.detachNewThread {
      body(self)
      self.threads.leave()
    }
  }

  /// Accepts until it is to stop and nobody is left in the queue.
  private func acceptAll() {
    var state = pollfd(listener, POLLIN)
    while true {
      let isLast = isStopping.load(ordering: .sequentiallyConsistent)
      guard poll(&state, 1, 10) > 0 else {
        if isLast { break }
        continue
      }
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { continue }
      account.withLock { $0.connections += 1 }
      open.withLock { _ = $0.insert(descriptor) }
      start { $0.serve(descriptor) }
    }
    close(listener)
    // What has come is still read; after it nothing more is waited for.
    open.withLock { for descriptor in $0 { shutdown(descriptor, Int32(SHUT_RD)) } }
  }

  private func serve(_ descriptor: Int32) {
    var connection = LoopbackConnection(descriptor)
    var isReused = false
    while serveNext(&connection, isReused: isReused) { isReused = true }
    open.withLock { open in
      open.remove(descriptor)
      _ = close(descriptor)
    }
  }

  /// Reads a request and does what its plan says; false to hang up.
  private func serveNext(_ connection: inout LoopbackConnection, isReused: Bool) -> Bool {
    guard let (number, bodyBytes) = connection.readHead(), plans.indices.contains(number) else {
      return false
    }
    let plan = plans[number]
    if case .resetEarly = plan.deed, bodyBytes > 0 {
      if bodyBytes > 65_536 { _ = connection.readBody(bodyBytes / 2) }
      connection.resetOnClose()
      return false
    }
    guard connection.readBody(bodyBytes) else { return false }
    account.withLock { $0.received[number] += 1 }
    if isReused, plan.deed.isSilentEnd { account.withLock { $0.hangUpsOnReuse += 1 } }
    return act(plan, number, on: connection)
  }

  /// Does to a request that was read whole what its plan says; false to hang up.
  private func act(
    _ plan: TransportPlan, _ number: Int, on connection: borrowing LoopbackConnection
  ) -> Bool {
    let text = "\(number)"
    let answer = "HTTP/1.1 201 Created\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
    switch plan.deed {
    case .answer: connection.write(answer)
    case .answerTwice: connection.write(answer + answer)
    case .answerSlowly: for byte in answer { connection.write(String(byte)) }
    case .answerLate:
      connection.wait(milliseconds: plan.patienceMilliseconds + 5)
      connection.write(answer)
    case .answerAndHangUp:
      connection.write(answer)
      return false
    case .sayNonsense(let nonsense):
      connection.write(nonsense)
      return false
    case .hangUp: return false
    case .reset, .resetEarly:
      connection.resetOnClose()
      return false
    case .hangUpOnAll:
      open.withLock { for descriptor in $0 { shutdown(descriptor, Int32(SHUT_RDWR)) } }
      return false
    case .stayMute: connection.wait(milliseconds: 10_000)
    }
    return true
  }
}
