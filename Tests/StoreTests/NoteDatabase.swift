import Dispatch
import SQLite
import Store

/// A database with one table of notes, and what the tests do with it.
struct NoteDatabase: Sendable {
  let database: Database

  init(
    _ path: String, _ options: DatabaseOptions = .forTests,
    onFailure: @escaping @Sendable (StoreError, String) -> Void = { _, _ in }
  ) throws {
    database = try Database(path: path, options: options, onFailure: onFailure)
    try database.write(.bulk, "table") {
      try $0.execute("CREATE TABLE IF NOT EXISTS notes (text TEXT NOT NULL UNIQUE) STRICT")
    }
  }

  func add(_ text: String, at priority: WritePriority = .inbound) throws {
    try database.write(priority, "add") { try $0.add(text) }
  }

  func notes() throws -> [String] {
    try database.read { reader in
      try reader.all("SELECT text FROM notes ORDER BY rowid") { $0.text(0) }
    }
  }

  /// Starts a job that holds the writer until the semaphore is signalled, and waits for its start.
  func hold(on threads: WaitingThreads) -> DispatchSemaphore {
    let isRunning = DispatchSemaphore(value: 0)
    let isOver = DispatchSemaphore(value: 0)
    threads.start { [database] in
      try? database.write(.inbound, "hold") { _ in
        isRunning.signal()
        isOver.wait()
      }
    }
    isRunning.wait()
    return isOver
  }

  /// Starts a write on a thread and waits until it is queued; its end goes to `ends`.
  func queue(
    on threads: WaitingThreads, at priority: WritePriority = .inbound,
    ends: SharedList<StoreError?> = SharedList(),
    _ job: @escaping @Sendable (borrowing Transaction) throws -> Void
  ) {
    let before = database.waitingCount
    threads.start { [database] in
      do {
        try database.write(priority, "queued", job)
        ends.append(nil)
      } catch {
        ends.append(error as? StoreError)
      }
    }
    yield(until: { database.waitingCount > before })
  }
}

extension Transaction {
  borrowing func add(_ text: String) throws(SQLiteError) {
    try run("INSERT INTO notes (text) VALUES (?)", text)
  }
}

extension DatabaseOptions {
  /// The options of production, on whatever file system the tests lie.
  static var forTests: DatabaseOptions {
    var options = DatabaseOptions()
    options.allowsUnsafeFileSystem = true
    return options
  }

  /// Without any thread.
  static var onCaller: DatabaseOptions {
    var options = forTests
    options.threading = .caller
    return options
  }
}

/// What a job throws to be undone.
struct Refusal: Error {}
