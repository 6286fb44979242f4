import Foundation
import SQLite
import Testing

@Suite struct SealedFileSystemTests {
  @Test func `each page ends with a seal, and is read as it was written`() throws {
    let disk = try SealedDisk()
    try disk.fill(checkpoints: true)
    #expect(disk.file.count % 4096 == 0)
    #expect(disk.file[20] == 8)
    for page in stride(from: 0, to: disk.file.count, by: 4096) {
      #expect(disk.file[page + 4088..<page + 4096].contains { $0 != 0 })
    }
    #expect(try disk.open().isSealed == true)
    #expect(try disk.rows() == 300)
  }

  @Test(arguments: [0, 21, 99, 100, 3000, 4088, 4095])
  func `a byte that changed anywhere in a page is noticed`(place: Int) throws {
    let disk = try SealedDisk()
    try disk.fill(checkpoints: true)
    let whole = disk.crash.image
    for page in 0..<disk.file.count / 4096 where page > 0 || place > 20 {
      disk.crash.restore(whole, seed: 1)
      disk.crash.damage("a.sqlite", at: page * 4096 + place, mask: 1)
      let error = #expect(throws: SQLiteError.self) { try disk.check() }
      #expect(error?.isCorruption == true && error?.isGrave == true, "\(page)")
    }
  }

  @Test func `a page in the place of another is noticed`() throws {
    let disk = try SealedDisk()
    try disk.fill(checkpoints: true)
    var image = disk.crash.image
    let page = image.files["a.sqlite"]?[4096..<8192] ?? []
    image.files["a.sqlite"]?.replaceSubrange(8192..<12_288, with: page)
    disk.crash.restore(image, seed: 1)
    let error = #expect(throws: SQLiteError.self) { try disk.check() }
    #expect(error?.code == 8202)
  }

  @Test func `a byte that changed in the log is noticed while it is in use`() throws {
    let disk = try SealedDisk()
    try disk.fill(checkpoints: false)
    let log = disk.crash.image.files["a.sqlite-wal"] ?? []
    let reader = try disk.open(.readOnly)
    #expect(try disk.rows(reader) == 300)
    // The header of the last frame, and its page.
    for back in [4120 - 20, 1, 2000] {
      disk.crash.damage("a.sqlite-wal", at: log.count - back, mask: 4)
      let error = #expect(throws: SQLiteError.self) { try disk.rows(try disk.open(.readOnly)) }
      #expect(error?.code == 8202)
      disk.crash.damage("a.sqlite-wal", at: log.count - back, mask: 4)
    }
    disk.crash.damage("a.sqlite-wal", at: log.count - 5, mask: 4)
    let writer = try disk.open()
    #expect(throws: SQLiteError.self) {
      #expect(try disk.rows(writer) == 300)
      try writer.checkpoint(.passive)
    }
  }

  @Test func `a copy of a sealed database is sealed, and a damaged one is not copied`() throws {
    let disk = try SealedDisk()
    try disk.fill(checkpoints: true)
    try disk.open(.readOnly).backup(to: "b.sqlite")
    #expect(disk.crash.image.files["b.sqlite"]?[20] == 8)
    let copy = try Connection(path: "b.sqlite", access: .readOnly, vfs: disk.seals.name)
    #expect(try disk.rows(copy) == 300)
    disk.crash.damage("a.sqlite", at: disk.file.count - 2000, mask: 1)
    let error = #expect(throws: SQLiteError.self) {
      try disk.open(.readOnly).backup(to: "c.sqlite")
    }
    #expect(error?.code == 8202)
  }

  @Test func `a database without seals is read and written as it is`() throws {
    let disk = try SealedDisk()
    let plain = try Connection(path: "a.sqlite", access: .readWrite, vfs: disk.crash.name)
    #expect(plain.isSealed == nil)
    try plain.execute("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('theirs')")
    let before = disk.file
    let reader = try disk.open(.readOnly)
    #expect(reader.isSealed == false)
    #expect(try disk.rows(reader) == 1)
    #expect(disk.file == before)
    let connection = try disk.open()
    try connection.execute("INSERT INTO notes VALUES ('more')")
    #expect(try disk.rows(plain) == 2)
  }

  @Test func `there is none over a file system that is not there`() {
    #expect(throws: SQLiteError.self) { try SealedFileSystem(over: "no such thing") }
  }
}

/// A disk in memory behind seals, with one database of notes.
struct SealedDisk {
  let crash: CrashFileSystem
  let seals: SealedFileSystem

  init() throws {
    crash = CrashFileSystem(seed: 1)
    seals = try SealedFileSystem(over: crash.name)
  }

  var file: [UInt8] { crash.image.files["a.sqlite"] ?? [] }

  func open(_ access: Connection.Access = .readWrite) throws -> Connection {
    try Connection(
      path: "a.sqlite", access: access, vfs: seals.name,
      pragmas: access == .readOnly
        ? []
        : [.init("journal_mode", "WAL"), .init("synchronous", "FULL"), .init("cache_spill", "OFF")]
    )
  }

  /// Writes 300 notes in 30 commits, one of which fills a page and more.
  func fill(checkpoints: Bool) throws {
    let connection = try open()
    try connection.execute("CREATE TABLE notes (text TEXT)")
    for number in 0..<30 {
      let size = number == 3 ? 20_000 : 200
      try connection.execute(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
        INSERT INTO notes SELECT printf('%d-%d-%.*c', \(number), i, \(size), 'x') FROM n
        """)
    }
    if checkpoints { try connection.checkpoint(.truncate) }
  }

  /// Reads every page.
  func check() throws {
    let connection = try open(.readOnly)
    _ = try rows(connection)
    let check = try connection.prepare("PRAGMA quick_check(1)")
    guard let finding = try check.next({ $0.text(0) }), finding != "ok" else { return }
    throw SQLiteError(code: finding.contains("8202") ? 8202 : 11, message: finding, statement: "")
  }

  func rows() throws -> Int { try rows(try open(.readOnly)) }

  func rows(_ connection: borrowing Connection) throws -> Int {
    let found = try connection.prepare("SELECT count(*), sum(length(text)) FROM notes")
    return try found.next { Int($0.integer(0)) } ?? -1
  }
}
