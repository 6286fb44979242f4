import Foundation
import SQLite
import Support
import Testing

@Suite struct ConnectionTests {
  @Test func `a literal is prepared once and can be used inside its own rows`() throws {
    let connection = try numbers(3)
    var pairs: [[Int64]] = []
    for outer in try column(connection) {
      let statement = try connection.prepare("SELECT number FROM numbers ORDER BY number")
      while let value = try statement.next({ $0.integer(0) }) {
        if value == outer { pairs.append(try column(connection)) }
      }
    }
    #expect(pairs == [[1, 2, 3], [1, 2, 3], [1, 2, 3]])
  }

  @Test func `a script runs every statement, with comments and nothing at its end`() throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    try connection.execute(
      "-- first\nCREATE TABLE a (x);; INSERT INTO a VALUES (1); INSERT INTO a VALUES (2);\n -- end")
    let count = try connection.prepare("SELECT count(*) FROM a")
    #expect(try count.next { $0.integer(0) } == 2)
    #expect(connection.lastInsertRowID == 2)
    #expect(connection.changes == 1)
  }

  @Test func `a script stops at its first error`() throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    #expect(throws: SQLiteError.self) {
      try connection.execute("CREATE TABLE a (x); SELECT nothing FROM nowhere; CREATE TABLE b (x)")
    }
    let tables = try connection.prepare("SELECT name FROM sqlite_schema")
    #expect(try tables.next { $0.text(0) } == "a")
    #expect(try tables.next { $0.text(0) } == nil)
  }

  @Test(arguments: ["", "  ", "-- only a comment"])
  func `an empty statement is an error`(sql: String) throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    #expect(throws: SQLiteError.self) { _ = try connection.prepare(built: sql).columnCount }
  }

  @Test func `a deadline stops a statement that would run for ever, and can be lifted`() throws {
    let connection = try numbers(1)
    connection.stop(at: .now + .milliseconds(20))
    let endless = try connection.prepare(
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")
    let error = #expect(throws: SQLiteError.self) { try endless.run() }
    #expect(error?.isInterrupted == true)
    connection.stop(at: nil)
    #expect(try column(connection) == [1])
  }

  @Test func `a read-only connection refuses to write and needs a file`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let missing = #expect(throws: SQLiteError.self) {
      _ = try Connection(path: path, access: .readOnly).changes
    }
    #expect(missing?.primaryCode == 14)
    try Connection(path: path, access: .readWrite).execute("CREATE TABLE a (x)")
    let reader = try Connection(path: path, access: .readOnly)
    let refused = #expect(throws: SQLiteError.self) {
      try reader.execute("INSERT INTO a VALUES (1)")
    }
    #expect(refused?.isReadOnly == true)
  }

  @Test func `a path with a NUL and an unknown file system are refused`() {
    #expect(throws: SQLiteError.self) {
      _ = try Connection(path: "/tmp/a\0b", access: .readWrite).changes
    }
    #expect(throws: SQLiteError.self) {
      _ = try Connection(path: ":memory:", access: .readWrite, vfs: "no such thing").changes
    }
  }

  @Test func `settings are applied in their order and answer`() throws {
    let folder = try TemporaryFolder()
    let connection = try Connection(
      path: folder.path("a.sqlite"), access: .readWrite,
      pragmas: [.init("synchronous", "OFF"), .init("synchronous", "FULL")])
    let level = try connection.prepare("PRAGMA synchronous")
    #expect(try level.next { $0.integer(0) } == 2)
    #expect(try connection.set(.init("journal_mode", "WAL")) == "wal")
  }

  @Test func `text in double quotes is never taken for a string`() throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    #expect(throws: SQLiteError.self) { try connection.execute("SELECT \"misspelt\"") }
  }

  @Test func `a full file is grave, and stays so when the error is swallowed`() throws {
    let connection = try Connection(
      path: ":memory:", access: .readWrite, pragmas: [.init("max_page_count", "3")])
    try connection.execute("CREATE TABLE a (x)")
    #expect(connection.graveError == nil)
    try? connection.execute("INSERT INTO a VALUES (zeroblob(100000))")
    #expect(connection.graveError?.isDiskFull == true)
  }

  @Test func `closing and committing leave the log to the checkpoint`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    do {
      let connection = try Connection(
        path: path, access: .readWrite, pragmas: [.init("journal_mode", "WAL")])
      try connection.execute("CREATE TABLE a (x); INSERT INTO a VALUES (zeroblob(6000000))")
      #expect(connection.logFrames > 1400)
    }
    #expect(folder.size("a.sqlite-wal") > 6_000_000)
    let again = try Connection(path: path, access: .readWrite)
    try again.execute("SELECT 1 FROM a")
    try again.checkpoint(.truncate)
    #expect(folder.size("a.sqlite-wal") == 0)
    #expect(again.logFrames == 0)
    let length = try again.prepare("SELECT length(x) FROM a")
    #expect(try length.next { $0.integer(0) } == 6_000_000)
  }

  @Test func `a backup holds all of it and never overwrites`() throws {
    let folder = try TemporaryFolder()
    let connection = try numbers(2000)
    let path = folder.path("copy.sqlite")
    try connection.backup(to: path)
    #expect(try column(Connection(path: path, access: .readOnly)).count == 2000)
    let refused = #expect(throws: SQLiteError.self) { try connection.backup(to: path) }
    #expect(refused?.message == "the file is not empty")
  }

  @Test func `deferred foreign keys show while they are unresolved`() throws {
    let connection = try Connection(
      path: ":memory:", access: .readWrite, pragmas: [.init("foreign_keys", "ON")])
    try connection.execute(
      """
      CREATE TABLE a (id INTEGER PRIMARY KEY);
      CREATE TABLE b (a INTEGER REFERENCES a DEFERRABLE INITIALLY DEFERRED);
      BEGIN; INSERT INTO b VALUES (7)
      """)
    #expect(connection.isInTransaction == true)
    #expect(connection.hasUnresolvedForeignKeys == true)
    try connection.execute("INSERT INTO a VALUES (7)")
    #expect(connection.hasUnresolvedForeignKeys == false)
    try connection.execute("COMMIT")
    #expect(connection.isInTransaction == false)
  }

  private func numbers(_ count: Int64) throws -> Connection {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    try connection.execute("CREATE TABLE numbers (number INTEGER) STRICT")
    for number in 1...count {
      let insert = try connection.prepare("INSERT INTO numbers VALUES (?)")
      try insert.bind(number, at: 1)
      try insert.run()
    }
    return connection
  }

  private func column(_ connection: borrowing Connection) throws -> [Int64] {
    let statement = try connection.prepare("SELECT number FROM numbers ORDER BY number")
    var found: [Int64] = []
    while let value = try statement.next({ $0.integer(0) }) { found.append(value) }
    return found
  }
}
