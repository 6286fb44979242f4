import Testing

@testable import SQLite

@Suite struct CrashFileSystemTests {
  /// A file with `old` in it, flushed, and then these writes, not flushed.
  private static func file(_ old: [UInt8], writes: [(Int, [UInt8])]) -> CrashFile {
    let file = CrashFile(old)
    for (index, write) in writes.enumerated() {
      file.change(.write(at: write.0, write.1), order: index + 1)
    }
    return file
  }

  /// Four sectors of ones.
  private static let old = [UInt8](repeating: 1, count: 4 * CrashFile.sector)
  /// Four sectors of twos.
  private static let new = [UInt8](repeating: 2, count: 4 * CrashFile.sector)

  /// The first bytes of each sector.
  private static func sectors(_ content: [UInt8]) -> [UInt8] {
    stride(from: 0, to: content.count, by: CrashFile.sector).map { content[$0] }
  }

  /// What a power cut leaves, for many seeds.
  private static func outcomes(
    _ manner: CrashManner, _ file: CrashFile, seeds: Range<UInt64> = 0..<300
  ) -> Set<[UInt8]> {
    Set(
      seeds.map { seed in
        var random = CrashRandom(seed: seed)
        return file.survivors(manner, &random)
      })
  }

  @Test func `a write that is not flushed survives by sectors, each old or new`() {
    let file = Self.file(Self.old, writes: [(0, Self.new)])
    let outcomes = Self.outcomes(.scattered, file)
    let seen = Set(outcomes.map(Self.sectors))
    #expect(seen.count == 16)
    for content in outcomes {
      for start in stride(from: 0, to: content.count, by: CrashFile.sector) {
        #expect(Set(content[start..<(start + CrashFile.sector)]).count == 1)
      }
    }
  }

  @Test func `a later write can survive an earlier one, and one of one sector last wins`() {
    let file = Self.file(
      Self.old,
      writes: [
        (0, [UInt8](repeating: 2, count: 512)), (512, [UInt8](repeating: 3, count: 512)),
        (0, [UInt8](repeating: 4, count: 512)),
      ])
    let seen = Set(Self.outcomes(.scattered, file).map { Array(Self.sectors($0).prefix(2)) })
    #expect(seen.contains([1, 3]))
    #expect(seen.contains([2, 1]))
    #expect(seen.contains([4, 1]))
    #expect(seen.count == 6)
  }

  @Test func `up to an instant everything survives, and the write at it in part`() {
    let file = Self.file(Self.old, writes: [(0, [2, 2]), (2, [3, 3, 3, 3]), (6, [4])])
    let seen = Set(Self.outcomes(.upTo(order: 2), file).map { Array($0.prefix(7)) })
    #expect(seen.count == 5)
    for content in seen {
      #expect(content.prefix(2) == [2, 2])
      #expect(content[6] == 1)
    }
    #expect(seen.contains([2, 2, 3, 3, 1, 1, 1]))
  }

  @Test func `a file grows or shrinks to a length that it had since the flush`() {
    let file = CrashFile(Self.old)
    file.change(.truncate(to: 100), order: 1)
    file.change(.write(at: 100, [9]), order: 2)
    let sizes = Set(Self.outcomes(.scattered, file).map(\.count))
    #expect(sizes == [Self.old.count, 100, 101])
    #expect(Self.outcomes(.nothing, file) == [Self.old])
    #expect(Self.outcomes(.everything, file).map(\.count) == [101])
  }

  @Test func `what is flushed survives in every manner`() {
    let file = Self.file(Self.old, writes: [(0, Self.new)])
    file.flush()
    for manner in [CrashManner.nothing, .everything, .scattered, .upTo(order: 1)] {
      #expect(Self.outcomes(manner, file) == [Self.new])
    }
  }

  @Test func `after a flush that failed, a later flush does not bring the lost writes back`() {
    let file = Self.file(Self.old, writes: [(0, Self.new)])
    var random = CrashRandom(seed: 7)
    file.failFlush(&random)
    file.change(.write(at: 0, [5]), order: 2)
    file.flush()
    #expect(file.current.prefix(2) == [5, 2])
    #expect(Self.sectors(file.durable).dropFirst() != [2, 2, 2])
  }

  @Test func `names come and go with the folder's flush`() {
    var folder = CrashFolder(["old": CrashFile([1])])
    folder.add(CrashFile([2]), "new")
    _ = folder.remove("old")
    let seen = Set(
      (0..<200 as Range<UInt64>).map { seed in
        var random = CrashRandom(seed: seed)
        return folder.afterPowerCut(&random).names.keys.sorted()
      })
    #expect(seen == [["old"], ["new"], ["new", "old"], []])
    folder.flush()
    var random = CrashRandom(seed: 1)
    #expect(folder.afterPowerCut(&random).names.keys.sorted() == ["new"])
  }

  /// A database with a table, in WAL mode with a flush at each commit.
  private static func database(
    on disk: CrashFileSystem, synchronous: String = "FULL"
  ) throws(SQLiteError) -> Connection {
    let connection = try Connection(
      path: "notes.sqlite", access: .readWrite, vfs: disk.name,
      pragmas: [.init("journal_mode", "WAL"), .init("synchronous", synchronous)])
    try connection.execute("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT)")
    return connection
  }

  private static func insert(
    _ id: Int64, on connection: borrowing Connection
  ) throws(SQLiteError) {
    let statement = try connection.prepare("INSERT INTO notes (id, text) VALUES (?, ?)")
    try statement.bind(id, at: 1)
    try statement.bind(String(repeating: "note", count: 500), at: 2)
    try statement.run()
  }

  private static func ids(on connection: borrowing Connection) throws -> [Int64] {
    let statement = try connection.prepare("SELECT id FROM notes ORDER BY id")
    var ids: [Int64] = []
    while let id = try statement.next({ $0.integer(0) }) { ids.append(id) }
    return ids
  }

  /// How many acknowledged notes are missing after power cuts at random changes, and how many of
  /// the databases were damaged.
  private static func losses(
    _ cuts: Int, synchronous: String, on disk: CrashFileSystem
  ) throws -> (notes: Int, damaged: Int) {
    var random = CrashRandom(seed: 11)
    var lost = 0
    var damaged = 0
    for cut in 0..<cuts {
      disk.restore(.init(), seed: UInt64(cut))
      var acknowledged: [Int64] = []
      do throws(SQLiteError) {
        let connection = try database(on: disk, synchronous: synchronous)
        disk.cutPower(atChange: 1 + random.below(60))
        for id in 1...20 {
          try insert(Int64(id), on: connection)
          acknowledged.append(Int64(id))
          if id % 7 == 0 { try connection.checkpoint(.passive) }
        }
      } catch {
        #expect(error.isInputOutputError)
      }
      disk.crash(seed: random.next())
      let connection = try database(on: disk, synchronous: synchronous)
      let verdict = try connection.prepare("PRAGMA integrity_check").next { $0.text(0) }
      if verdict != "ok" { damaged += 1 }
      lost += Set(acknowledged).subtracting(try ids(on: connection)).count
    }
    return (lost, damaged)
  }

  @Test func `five hundred power cuts lose no commit that was flushed, and do no damage`() throws {
    let disk = CrashFileSystem(seed: 1)
    let (lost, damaged) = try Self.losses(500, synchronous: "FULL", on: disk)
    #expect(lost == 0)
    #expect(damaged == 0)
    #expect(disk.count(of: .sync) > 0)
  }

  @Test func `without a flush at each commit they do lose some`() throws {
    let disk = CrashFileSystem(seed: 1)
    #expect(try Self.losses(100, synchronous: "NORMAL", on: disk).notes > 0)
  }

  @Test func `one connection alone needs no shared memory`() throws {
    let disk = CrashFileSystem(seed: 1, hasSharedMemory: false)
    let connection = try Connection(
      path: "alone.sqlite", access: .readWrite, vfs: disk.name,
      pragmas: [.init("locking_mode", "EXCLUSIVE")])
    #expect(try connection.set(.init("journal_mode", "WAL")) == "wal")
    try connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
    try Self.insert(1, on: connection)
    #expect(try Self.ids(on: connection) == [1])
  }

  @Test func `readers see each commit, and the state that they began with`() throws {
    let disk = CrashFileSystem(seed: 1)
    let writer = try Self.database(on: disk)
    let reader = try Connection(path: "notes.sqlite", access: .readOnly, vfs: disk.name)
    try Self.insert(1, on: writer)
    #expect(try Self.ids(on: reader) == [1])
    try reader.execute("BEGIN")
    #expect(try Self.ids(on: reader) == [1])
    try Self.insert(2, on: writer)
    #expect(try Self.ids(on: reader) == [1])
    #expect(throws: SQLiteError.self) { try writer.checkpoint(.truncate) }
    try reader.execute("COMMIT")
    #expect(try Self.ids(on: reader) == [1, 2])
    try writer.checkpoint(.truncate)
  }

  @Test(arguments: CrashFileSystem.Operation.allCases)
  func `a fault strikes at the operation that it names`(
    operation: CrashFileSystem.Operation
  ) throws {
    let disk = CrashFileSystem(seed: 1)
    disk.fail(.init(operation, number: 1))
    let error = #expect(throws: SQLiteError.self) {
      // The journal of the first commit is deleted, the log of the last is cut.
      let connection = try Connection(
        path: "notes.sqlite", access: .readWrite, vfs: disk.name)
      try connection.execute("CREATE TABLE first (id INTEGER PRIMARY KEY)")
      try connection.set(.init("journal_mode", "WAL"))
      try connection.execute("CREATE TABLE second (id INTEGER PRIMARY KEY)")
      try connection.checkpoint(.truncate)
    }
    #expect(error.map { $0.code == operation.errorCode } == true)
    #expect(disk.strikes == 1)
  }

  @Test func `a fault counts, and goes on when it is persistent`() throws {
    for isPersistent in [false, true] {
      let disk = CrashFileSystem(seed: 1)
      let connection = try Self.database(on: disk)
      disk.fail(.init(.sync, number: 3, isPersistent: isPersistent))
      var failures: [Int64] = []
      for id in 1...5 {
        do { try Self.insert(Int64(id), on: connection) } catch { failures.append(Int64(id)) }
      }
      #expect(failures == (isPersistent ? [3, 4, 5] : [3]))
    }
  }

  @Test func `a full disk is told as one, and takes writes again when there is room`() throws {
    let disk = CrashFileSystem(seed: 1)
    let connection = try Self.database(on: disk)
    disk.capacityBytes = disk.image.files.values.reduce(0) { $0 + $1.count }
    let error = #expect(throws: SQLiteError.self) { try Self.insert(1, on: connection) }
    #expect(error?.isDiskFull == true)
    disk.capacityBytes = nil
    try Self.insert(1, on: connection)
    #expect(try Self.ids(on: connection) == [1])
  }

  @Test func `each flush takes its delay`() throws {
    let delays = Delays()
    let disk = CrashFileSystem(seed: 1, flushDelay: { delays.count() })
    let connection = try Self.database(on: disk)
    try Self.insert(1, on: connection)
    #expect(delays.total == disk.count(of: .sync))
    #expect(delays.total > 0)
  }

  @Test func `connections from before a power cut can do nothing any more`() throws {
    let disk = CrashFileSystem(seed: 1)
    let connection = try Self.database(on: disk)
    disk.crash(seed: 1)
    #expect(throws: SQLiteError.self) { try Self.insert(1, on: connection) }
    _ = try Self.database(on: disk)
  }

  @Test func `a copy is made on the same disk`() throws {
    let disk = CrashFileSystem(seed: 1)
    let connection = try Self.database(on: disk)
    try Self.insert(1, on: connection)
    try connection.backup(to: "copy.sqlite")
    #expect(disk.image.files["copy.sqlite"]?.isEmpty == false)
  }
}
