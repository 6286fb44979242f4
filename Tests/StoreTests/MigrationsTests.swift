import Messaging
import SQLite
import Store
import Testing

@Suite struct MigrationsTests {
  private static let list = [
    Migration(number: 1, name: "homes", sql: "CREATE TABLE homes (id INTEGER PRIMARY KEY) STRICT"),
    Migration(
      number: 2, name: "floors",
      sql: "ALTER TABLE homes ADD COLUMN floor INTEGER; INSERT INTO homes VALUES (1, 3)"),
    Migration(number: 3, name: "blocks", sql: "CREATE TABLE blocks (id INTEGER PRIMARY KEY)"),
  ]

  @Test func `each is applied once, in its order, and recorded`() throws {
    let database = try Database(path: ":memory:", options: .onCaller)
    #expect(try run(1, database) == [1])
    #expect(try run(3, database, at: 9) == [2, 3])
    #expect(try run(3, database, at: 10) == [])
    let recorded = try database.read { reader in
      try reader.all("SELECT number, name, applied_at_ms FROM migrations ORDER BY number") {
        "\($0.integer(0)) \($0.text(1)) \($0.integer(2))"
      }
    }
    #expect(recorded == ["1 homes 5", "2 floors 9", "3 blocks 9"])
    #expect(try floors(database) == [3])
  }

  @Test func `a newer schema is refused`() throws {
    let database = try Database(path: ":memory:", options: .onCaller)
    try run(3, database)
    #expect(throws: StoreError.newerSchema(found: 3, known: 2)) { try run(2, database) }
  }

  @Test(arguments: [[2], [1, 3], [1, 1], [0, 1], [1, 2, 4]])
  func `a list with a gap is refused and nothing is applied`(numbers: [Int]) throws {
    let database = try Database(path: ":memory:", options: .onCaller)
    let list = numbers.map { Migration(number: $0, name: "\($0)", sql: "CREATE TABLE t (x)") }
    #expect(throws: StoreError.self) {
      try Migrations.run(list, on: database, now: Instant(milliseconds: 5))
    }
    let tables = try database.read { reader in
      try reader.all("SELECT name FROM sqlite_schema") { $0.text(0) }
    }
    #expect(tables == [])
  }

  @Test func `a migration of another name under the same number is refused`() throws {
    let database = try Database(path: ":memory:", options: .onCaller)
    try run(2, database)
    var other = Self.list
    other[1] = Migration(number: 2, name: "levels", sql: "SELECT 1")
    #expect(throws: StoreError.migrationMismatch(number: 2)) {
      try Migrations.run(other, on: database, now: Instant(milliseconds: 5))
    }
  }

  @Test func `one that fails in its middle leaves nothing of itself and can be repeated`() throws {
    let database = try Database(path: ":memory:", options: .onCaller)
    var broken = Self.list
    broken[1] = Migration(number: 2, name: "floors", sql: Self.list[1].sql + "; SELECT nothing")
    #expect(throws: SQLiteError.self) {
      try Migrations.run(broken, on: database, now: Instant(milliseconds: 5))
    }
    #expect(try run(3, database) == [2, 3])
    #expect(try floors(database) == [3])
  }

  @Test func `a power cut at any change of any step leaves a file that the next start finishes`()
    throws
  {
    let disk = CrashFileSystem(seed: 1)
    let seals = try SealedFileSystem(over: disk.name)
    var options = DatabaseOptions.onCaller
    options.vfs = seals.name
    var met: Set<[Int]> = []
    var change = 0
    var isOver = false
    while !isOver {
      change += 1
      disk.restore(.init(), seed: UInt64(change))
      disk.cutPower(atChange: change)
      do { try run(3, try Database(path: "a.sqlite", options: options)) } catch {}
      isOver = !disk.isWithoutPower
      disk.crash(seed: UInt64(change))
      let again = try Database(path: "a.sqlite", options: options)
      met.insert(try run(3, again))
      #expect(try floors(again) == [3])
      let check = try again.read { try $0.all("PRAGMA integrity_check") { $0.text(0) } }
      #expect(check == ["ok"])
    }
    #expect(met == [[1, 2, 3], [2, 3], [3], []])
  }

  @discardableResult
  private func run(_ count: Int, _ database: Database, at now: Int64 = 5) throws -> [Int] {
    try Migrations.run(
      Array(Self.list.prefix(count)), on: database, now: Instant(milliseconds: now))
  }

  private func floors(_ database: Database) throws -> [Int64] {
    try database.read { reader in
      try reader.all("SELECT floor FROM homes") { $0.integer(0) }
    }
  }
}
