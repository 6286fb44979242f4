import SQLite
import Store

/// Every row of every table, as SQL writes its values.
struct TableContent: Equatable {
  /// The columns of each table.
  let columns: [String: [String]]
  /// The rows of each table.
  let rows: [String: [String]]

  /// Reads all tables.
  init(of database: Database) throws {
    let columns = try database.read { reader in
      let names = try reader.all("SELECT name FROM sqlite_schema WHERE type = 'table'") {
        $0.text(0)
      }
      var columns: [String: [String]] = [:]
      for name in names {
        columns[name] = try reader.all("SELECT name FROM pragma_table_info(?)", name) { $0.text(0) }
      }
      return columns
    }
    try self.init(of: database, columns: columns)
  }

  /// Reads those columns of those tables, which must be there.
  init(of database: Database, columns: [String: [String]]) throws {
    self.columns = columns
    rows = try database.read { reader in
      var rows: [String: [String]] = [:]
      for (table, names) in columns {
        let values = names.map { "quote(\"\($0)\")" }.joined(separator: " || '|' || ")
        rows[table] = try reader.all(built: "SELECT \(values) FROM \"\(table)\"", values: []) {
          $0.text(0)
        }.sorted()
      }
      return rows
    }
  }
}
