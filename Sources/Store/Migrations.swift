import Messaging
import SQLite

/// One numbered step of the schema, forward only.
public struct Migration: Sendable {
  /// Its number: 1 for the first, and no gaps.
  public let number: Int
  /// What it does, in a few words; never changed once released.
  public let name: String
  /// Its statements; none of them begins or ends a transaction.
  public let sql: String

  /// Makes a migration.
  public init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }
}

/// Brings a database to the schema of the program.
public enum Migrations {
  /// Applies those of `list` that the database lacks, each in a transaction of its own.
  ///
  /// Returns the numbers applied, none when it is up to date. The table `migrations` records each
  /// with its name and `now`. Throws `StoreError.newerSchema` for a database that has more than
  /// `list`, and `.migrationMismatch` where the list has a gap or the names differ; then nothing is
  /// applied. A migration that fails leaves the database as the one before it made it.
  @discardableResult
  public static func run(
    _ list: [Migration], on database: Database, now: Instant
  ) throws -> [Int] {
    for (offset, migration) in list.enumerated() where migration.number != offset + 1 {
      throw StoreError.migrationMismatch(number: offset + 1)
    }
    let applied = try database.write(.bulk, "migrations") { transaction in
      try transaction.execute(table)
      return try transaction.reader.all("SELECT number, name FROM migrations ORDER BY number") {
        (number: $0.integer(0), name: $0.text(1))
      }
    }
    guard applied.count <= list.count else {
      throw StoreError.newerSchema(
        found: applied.last.map { Int($0.number) } ?? 0, known: list.count)
    }
    for (known, found) in zip(list, applied)
    where known.number != found.number || !known.name.utf8.elementsEqual(found.name.utf8) {
      throw StoreError.migrationMismatch(number: known.number)
    }
    let missing = list[applied.count...]
    for migration in missing {
      try database.write(.bulk, "migration") { transaction in
        try transaction.execute(migration.sql)
        try transaction.run(
          "INSERT INTO migrations (number, name, applied_at_ms) VALUES (?, ?, ?)",
          migration.number, migration.name, now)
      }
    }
    return missing.map(\.number)
  }

  private static let table = """
    CREATE TABLE IF NOT EXISTS migrations (
      number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at_ms INTEGER NOT NULL
    ) STRICT
    """
}
