internal import CSQLite

/// A statement ready to take its values and to run.
///
/// Values are numbered from 1, as SQLite numbers them, and columns from 0. When the value ends the
/// statement is reset and its values forgotten (a kept one) or finalised.
public struct PreparedStatement: ~Copyable {
  private let handle: ConnectionHandle
  private let statement: OpaquePointer
  private let isKept: Bool

  init(handle: ConnectionHandle, statement: OpaquePointer, isKept: Bool) {
    self.handle = handle
    self.statement = statement
    self.isKept = isKept
  }

  deinit {
    guard isKept else {
      sqlite3_finalize(statement)
      return
    }
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
  }

  /// The beginning of its SQL, for errors.
  public var sql: String {
    ConnectionHandle.name(of: sqlite3_sql(statement).map { String(cString: $0) } ?? "")
  }

  /// How many values it takes.
  public var parameterCount: Int { Int(sqlite3_bind_parameter_count(statement)) }

  /// How many columns its rows have; 0 for a statement without rows.
  public var columnCount: Int { Int(sqlite3_column_count(statement)) }

  /// Whether it changes nothing in the file.
  public var isReadOnly: Bool { sqlite3_stmt_readonly(statement) != 0 }

  /// Binds a whole number.
  public borrowing func bind(_ value: Int64, at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_int64(statement, Int32(truncatingIfNeeded: index), value))
  }

  /// Binds a floating-point number; NaN becomes NULL.
  public borrowing func bind(_ value: Double, at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_double(statement, Int32(truncatingIfNeeded: index), value))
  }

  /// Binds text as its UTF-8 bytes, with any NUL it holds.
  public borrowing func bind(_ value: String, at index: Int) throws(SQLiteError) {
    var value = value
    let code = value.withUTF8 { bytes in
      guard let start = bytes.baseAddress else {
        return csqlite_bind_text_copy(statement, Int32(truncatingIfNeeded: index), "", 0)
      }
      return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
        csqlite_bind_text_copy(
          statement, Int32(truncatingIfNeeded: index), text, UInt64(bytes.count))
      }
    }
    try check(code)
  }

  /// Binds bytes; none of them is the empty blob, not NULL.
  public borrowing func bind(_ value: [UInt8], at index: Int) throws(SQLiteError) {
    let code = value.withUnsafeBytes { copy($0, to: index) }
    try check(code)
  }

  /// Binds bytes that need only live for this call; none of them is the empty blob, not NULL.
  public borrowing func bind(
    bytes: UnsafeRawBufferPointer, at index: Int
  ) throws(SQLiteError) {
    try check(copy(bytes, to: index))
  }

  /// Binds NULL.
  public borrowing func bindNull(at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_null(statement, Int32(truncatingIfNeeded: index)))
  }

  /// Goes on to the next row: true when there is one, false at the end.
  public borrowing func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(statement)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw handle.error(code: code, of: statement)
    }
  }

  /// Runs it to its end and drops the rows it gives.
  public borrowing func run() throws(SQLiteError) {
    while try step() {}
  }

  /// Reads the next row with `read`; nil at the end.
  public borrowing func next<Value>(
    _ read: (borrowing Row) throws -> Value
  ) throws -> Value? {
    guard try step() else { return nil }
    return try read(row)
  }

  var row: Row { Row(statement: statement) }

  private func copy(_ bytes: UnsafeRawBufferPointer, to index: Int) -> Int32 {
    let index = Int32(truncatingIfNeeded: index)
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      return sqlite3_bind_zeroblob(statement, index, 0)
    }
    return csqlite_bind_blob_copy(statement, index, start, UInt64(bytes.count))
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    guard code != SQLITE_OK else { return }
    throw handle.error(code: code, of: statement)
  }
}
