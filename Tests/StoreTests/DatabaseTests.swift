import Dispatch
import Foundation
import Messaging
import SQLite
import Store
import Support
import Testing

@Suite struct DatabaseTests {
  @Test func `a value of each kind goes in and comes out`() throws {
    let database = try Database(path: ":memory:", options: .onCaller)
    let id = RecordID(at: Instant(milliseconds: 1_795_000_000_000), random: (1, .max))
    let now = Instant(milliseconds: -5)
    try database.write(.inbound, "kinds") { transaction in
      try transaction.execute("CREATE TABLE kinds (a, b, c, d, e, f, g, h, i)")
      let changed = try transaction.run(
        "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", id, now,
        Address(scheme: .tel, value: "+447700900123"), true, 1.5, "é" as String?, nil as String?,
        [1, 2] as [UInt8], 7)
      #expect(changed == 1)
    }
    try database.read { reader in
      _ = try reader.first("SELECT * FROM kinds") { row in
        #expect(row.recordID(0) == id)
        #expect(row.instant(1) == now)
        #expect(row.text(2) == "tel:+447700900123")
        #expect(row.flag(3) == true)
        #expect(row.real(4) == 1.5)
        #expect(row.optionalText(5) == "é")
        #expect(row.optionalText(6) == nil)
        #expect(row.optionalInstant(6) == nil)
        #expect(row.recordID(6) == nil)
        #expect(row.blob(7) == [1, 2])
        #expect(row.integer(8) == 7)
      }
    }
  }

  @Test func `a change returns its rows, and is whole when only the first is read`() throws {
    let notes = try NoteDatabase(":memory:", .onCaller)
    for text in ["a", "b", "c"] { try notes.add(text) }
    let (first, rest) = try notes.database.write(.claim, "claim") { transaction in
      let first = try transaction.first(
        "UPDATE notes SET text = text || ? RETURNING text", "!", read: { $0.text(0) })
      let rest = try transaction.all("SELECT text FROM notes ORDER BY text") { $0.text(0) }
      return (first, rest)
    }
    #expect(first == "a!")
    #expect(rest == ["a!", "b!", "c!"])
  }

  @Test func `SQL put together at run time takes its values by place`() throws {
    let notes = try NoteDatabase(":memory:", .onCaller)
    for text in ["a", "b", "c"] { try notes.add(text) }
    let wanted = ["a", "c"]
    let places = wanted.map { _ in "?" }.joined(separator: ", ")
    let found = try notes.database.read { reader in
      try reader.all(
        built: "SELECT text FROM notes WHERE text IN (\(places))", values: wanted
      ) { $0.text(0) }
    }
    #expect(found == ["a", "c"])
    let deleted = try notes.database.write(.bulk, "delete") {
      try $0.run(built: "DELETE FROM notes WHERE text IN (\(places))", values: wanted)
    }
    #expect(deleted == 2)
  }

  @Test(arguments: [0, 2])
  func `too few and too many values are refused`(count: Int) throws {
    let notes = try NoteDatabase(":memory:", .onCaller)
    #expect(throws: SQLiteError.self) {
      try notes.database.write(.bulk, "wrong") {
        try $0.run(
          built: "INSERT INTO notes VALUES (?)", values: [String](repeating: "x", count: count))
      }
    }
    #expect(try notes.notes() == [])
  }

  @Test(arguments: [":memory:", "file"])
  func `a reader cannot write`(kind: String) throws {
    let folder = try TemporaryFolder()
    let notes = try NoteDatabase(kind == "file" ? folder.path("a.sqlite") : kind)
    for sql in ["INSERT INTO notes VALUES ('x') RETURNING text", "DELETE FROM notes"] {
      let error = #expect(throws: SQLiteError.self) {
        try notes.database.read { reader in
          try reader.all(built: sql, values: []) { $0.text(0) }
        }
      }
      #expect(error?.isReadOnly == true)
    }
    #expect(try notes.notes() == [])
  }

  @Test func `a read sees one state while writes go on`() throws {
    let folder = try TemporaryFolder()
    let notes = try NoteDatabase(folder.path("a.sqlite"))
    try notes.add("first")
    let threads = WaitingThreads()
    let hasRead = DispatchSemaphore(value: 0)
    let hasWritten = DispatchSemaphore(value: 0)
    threads.start {
      hasRead.wait()
      try? notes.add("second")
      hasWritten.signal()
    }
    let counts = try notes.database.read { reader in
      let before = try reader.first("SELECT count(*) FROM notes") { $0.integer(0) }
      hasRead.signal()
      hasWritten.wait()
      let after = try reader.first("SELECT count(*) FROM notes") { $0.integer(0) }
      return [before, after]
    }
    threads.wait()
    #expect(counts == [1, 1])
    #expect(try notes.notes() == ["first", "second"])
  }

  @Test func `a read that takes too long is stopped, and the next one is not`() throws {
    let folder = try TemporaryFolder()
    var options = DatabaseOptions.forTests
    options.readers = 1
    options.readLimit = .milliseconds(50)
    let notes = try NoteDatabase(folder.path("a.sqlite"), options)
    try notes.add("here")
    #expect(throws: StoreError.readTimedOut) {
      try notes.database.read { reader in
        try reader.first(
          "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        ) { $0.integer(0) }
      }
    }
    #expect(try notes.notes() == ["here"])
  }

  @Test func `a read that finds no free connection in time gives up`() throws {
    let folder = try TemporaryFolder()
    var options = DatabaseOptions.forTests
    options.readers = 1
    options.readLimit = .milliseconds(50)
    let notes = try NoteDatabase(folder.path("a.sqlite"), options)
    let threads = WaitingThreads()
    let isReading = DispatchSemaphore(value: 0)
    let isOver = DispatchSemaphore(value: 0)
    threads.start { [notes] in
      try? notes.database.read { _ in
        isReading.signal()
        isOver.wait()
      }
    }
    isReading.wait()
    #expect(throws: StoreError.readTimedOut) { try notes.notes() }
    isOver.signal()
    threads.wait()
    #expect(try notes.notes() == [])
  }

  @Test func `more readers than connections wait for their turn`() throws {
    let folder = try TemporaryFolder()
    let notes = try NoteDatabase(folder.path("a.sqlite"))
    try notes.add("here")
    let threads = WaitingThreads()
    let counts = SharedList<Int>()
    for _ in 0..<12 {
      threads.start {
        for _ in 0..<50 { counts.append((try? notes.notes().count) ?? -1) }
      }
    }
    threads.wait()
    #expect(counts.all == [Int](repeating: 1, count: 600))
  }

  @Test func `what was acknowledged is in a copy of the files, as after a crash`() throws {
    let folder = try TemporaryFolder()
    let notes = try NoteDatabase(folder.path("a.sqlite"))
    for number in 1...50 {
      try notes.add("\(number)")
      guard number % 10 == 0 else { continue }
      for suffix in ["", "-wal"] {
        let copy = folder.path("copy\(number).sqlite\(suffix)")
        try FileManager.default.copyItem(atPath: folder.path("a.sqlite\(suffix)"), toPath: copy)
      }
      let recovered = try NoteDatabase(folder.path("copy\(number).sqlite"))
      #expect(try recovered.notes() == (1...number).map { "\($0)" })
    }
  }

  @Test func `a backup holds what was acknowledged and opens by itself`() throws {
    let folder = try TemporaryFolder()
    let notes = try NoteDatabase(folder.path("a.sqlite"))
    for number in 1...500 { try notes.add("\(number)") }
    try notes.database.backup(to: folder.path("copy.sqlite"))
    try notes.add("later")
    #expect(try NoteDatabase(folder.path("copy.sqlite")).notes().count == 500)
  }

  @Test func `a database that is let go gives its file free`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    for number in 1...20 {
      let notes = try NoteDatabase(path)
      try notes.add("\(number)")
      #expect(try notes.notes().count == number)
    }
  }

  @Test func `closing from a job, and twice, does no harm`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let notes = try NoteDatabase(path)
    try notes.database.write(.bulk, "closing") { [database = notes.database] transaction in
      try transaction.add("last")
      database.close()
    }
    notes.database.close()
    #expect(throws: StoreError.closed) { try notes.add("later") }
    let pool = try ReaderPool(path: path)
    let found = try pool.read { reader in
      try reader.all("SELECT text FROM notes") { $0.text(0) }
    }
    #expect(found == ["last"])
    pool.close()
    #expect(throws: StoreError.closed) { try pool.read { _ in } }
  }

  @Test func `another virtual file system and no second connection serve a simulation`() throws {
    let folder = try TemporaryFolder()
    var options = DatabaseOptions.onCaller
    options.vfs = "unix-excl"
    options.readers = 0
    options.pragmas = [.init("locking_mode", "EXCLUSIVE")]
    let path = folder.path("a.sqlite")
    do {
      let notes = try NoteDatabase(path, options)
      try notes.add("here")
      #expect(try notes.notes() == ["here"])
      #expect(folder.size("a.sqlite-shm") == -1)
      #expect(folder.size("a.sqlite.lock") == -1)
    }
    #expect(try NoteDatabase(path, options).notes() == ["here"])
  }

  @Test func `the settings that the promises rest on are there`() throws {
    let folder = try TemporaryFolder()
    let notes = try NoteDatabase(folder.path("a.sqlite"))
    let found = try notes.database.write(.bulk, "settings") { transaction in
      let questions: [StaticString] = [
        "PRAGMA journal_mode", "PRAGMA synchronous", "PRAGMA foreign_keys", "PRAGMA trusted_schema",
        "PRAGMA cell_size_check", "PRAGMA secure_delete", "PRAGMA journal_size_limit",
        "PRAGMA mmap_size", "PRAGMA busy_timeout", "PRAGMA temp_store",
      ]
      return try questions.flatMap { sql in try transaction.all(sql) { $0.text(0) } }
    }
    #expect(found == ["wal", "2", "1", "0", "1", "1", "67108864", "0", "0", "2"])
  }
}
