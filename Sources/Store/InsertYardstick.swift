import SQLite

/// Durable inserts and nothing else: what the library and the disk can do at most.
///
/// The figures of a measurement are read against it.
public enum InsertYardstick {
  /// Inserts rows of the size of a callback into a new database, so many in each commit.
  ///
  /// `fileSystem` is as in `DatabaseOptions`.
  public static func insert(
    _ count: Int, perCommit: Int, path: String, fileSystem: String?
  ) throws {
    let connection = try Connection(path: path, access: .readWrite, vfs: fileSystem)
    try connection.set(.init("journal_mode", "WAL"))
    try connection.set(.init("synchronous", "FULL"))
    try connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
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
