import Dispatch
import SQLite
import Synchronization

/// A few read-only connections to one file, shared by every thread.
///
/// `Database` has one. A command that only reads makes one by itself, beside a running program or
/// without one.
public final class ReaderPool: Sendable {
  private let slots: [Slot]
  private let idle: Mutex<[Int]>
  private let vacancies: DispatchSemaphore
  private let limit: Duration

  private final class Slot: Sendable {
    let reader: Mutex<Reader?>

    init(_ reader: consuming sending Reader) {
      self.reader = Mutex(reader)
    }
  }

  /// Opens `count` connections, from 1, to the database file at `path`.
  ///
  /// A read that takes longer than `limit` is stopped, so that the write-ahead log can be emptied.
  /// `vfs` names SQLite's virtual file system; nil is the default one behind seals. Throws an error
  /// that `isCorruption` for a file whose pages carry none where they should.
  public init(
    path: String, vfs: String? = nil, count: Int = 1, limit: Duration = .seconds(5)
  ) throws(SQLiteError) {
    var slots: [Slot] = []
    let standard = try SealedFileSystem.standard.get()
    if vfs == nil { try Self.checkLog(of: path, vfs: standard.name) }
    for _ in 0..<max(1, count) {
      let connection = try Connection(
        path: path, access: .readOnly, vfs: vfs ?? standard.name, pragmas: Self.pragmas)
      try StartChecks.seals(of: connection)
      slots.append(Slot(Reader(connection: connection)))
    }
    self.slots = slots
    self.limit = limit
    idle = Mutex(Array(slots.indices))
    vacancies = DispatchSemaphore(value: slots.count)
  }

  /// Looks at the log that a program which is gone left behind: to read it would hide what it lost.
  private static func checkLog(of path: String, vfs: String) throws(SQLiteError) {
    do throws(SQLiteError) {
      try LogCheck.run(path: path, vfs: vfs)
    } catch {
      // While the program writes the log it can look like anything.
      guard DatabaseLock.isHeld(databasePath: path) else { throw error }
    }
  }

  private static let pragmas: [Connection.Pragma] = [
    .init("query_only", "ON"), .init("trusted_schema", "OFF"), .init("cell_size_check", "ON"),
    .init("mmap_size", "0"), .init("busy_timeout", "1000"),
  ]

  /// Runs `body` on one state of the database, waiting for a connection while all are taken.
  ///
  /// Throws `StoreError.readTimedOut` past the limit, which counts the waiting too, and
  /// `StoreError.closed` once the pool is closed. `body` must not read from the pool again.
  public func read<Value: Sendable>(
    _ body: @Sendable (borrowing Reader) throws -> Value
  ) throws -> Value {
    try read(limit: limit, body)
  }

  /// Copies the whole database into a new file at `path`, however long it takes.
  public func backup(to path: String) throws {
    try read(limit: nil) { try $0.connection.backup(to: path) }
  }

  /// Closes the connections, each once its read has ended; every later read throws.
  public func close() {
    for slot in slots { slot.reader.withLock { $0 = nil } }
  }

  private func read<Value: Sendable>(
    limit: Duration?, _ body: @Sendable (borrowing Reader) throws -> Value
  ) throws -> Value {
    let deadline = limit.map { ContinuousClock.now + $0 }
    let patience = limit.map { DispatchTime.now() + .nanoseconds($0.wholeNanoseconds) }
    guard vacancies.wait(timeout: patience ?? .distantFuture) == .success else {
      throw StoreError.readTimedOut
    }
    let index = idle.withLock { $0.removeLast() }
    defer {
      idle.withLock { $0.append(index) }
      vacancies.signal()
    }
    return try slots[index].reader.withLock { reader in
      switch reader {
      case .some(let open): return try open.snapshot(until: deadline, body)
      case .none: throw StoreError.closed
      }
    }
  }
}

extension Reader {
  /// Runs `body` on one state of the database, until `deadline` at the latest.
  borrowing func snapshot<Value>(
    until deadline: ContinuousClock.Instant?, _ body: (borrowing Reader) throws -> Value
  ) throws -> Value {
    do {
      try connection.prepare("BEGIN").run()
      connection.stop(at: deadline)
      defer {
        connection.stop(at: nil)
        if connection.isInTransaction { try? connection.prepare("ROLLBACK").run() }
      }
      return try body(self)
    } catch let error as SQLiteError where error.isInterrupted {
      throw StoreError.readTimedOut
    }
  }
}

extension Duration {
  /// This span in whole nanoseconds, at most the greatest `Int`.
  fileprivate var wholeNanoseconds: Int {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return overflow || carry ? .max : Int(sum)
  }
}
