import SQLite

/// Durable inserts and nothing else: what the library and the disk can do at most.
///
/// The figures of a measurement are read against it.
public struct InsertYardstick: ~Copyable {
  private let connection: Connection

  /// Makes an empty database there; `fileSystem` as in `DatabaseOptions`.
  public init(path: String, fileSystem: String?) throws {
    let opened = try Connection(path: path, access: .readWrite, vfs: fileSystem)
    try opened.set(.init("journal_mode", "WAL"))
    try opened.set(.init("synchronous", "FULL"))
    try opened.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
    connection = opened
  }

  /// Inserts so many rows of the size of a callback, so many in each commit.
  public func insert(_ count: Int, perCommit: Int) throws {
    let body = [UInt8](repeating: 0x61, count: 400)
    for first in stride(from: 0, to: count, by: perCommit) {
      try connection.prepare("BEGIN IMMEDIATE").run()
      for _ in first..<min(first + perCommit, count) {
        let insert = try connection.prepare("INSERT INTO rows (body) VALUES (?)")
        try insert.bind(body, at: 1)
        try insert.run()
      }
      try connection.prepare("COMMIT").run()
    }
  }
}
