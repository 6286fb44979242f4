internal import CSQLite

/// The open database behind a connection: the C handle and the statements kept prepared on it.
///
/// Shared by the connection and its statements, so that neither outlives it. Not `Sendable`: the
/// library is opened without its own mutexes, and the compiler keeps a connection on one thread at a
/// time (`Mutex`, or a region that is sent).
final class ConnectionHandle {
  let database: OpaquePointer
  private var statements: [UnsafePointer<UInt8>: OpaquePointer] = [:]

  /// The first error after which no write can be trusted, kept so that nobody can swallow it.
  private(set) var graveError: SQLiteError?

  /// When the statements of this connection are stopped; nil for never.
  var deadline: ContinuousClock.Instant?

  /// The frames in the write-ahead log after the last commit of this connection.
  var logFrames = 0

  /// The file system that the file was opened on; nil for the default one.
  let vfs: String?

  /// Whether the pages of the file carry seals; nil where its file system keeps none.
  var isSealed: Bool?

  init(database: OpaquePointer, vfs: String? = nil) {
    self.database = database
    self.vfs = vfs
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(database)
  }

  /// The error that the last call on this connection left behind.
  func error(code: Int32, statement: String) -> SQLiteError {
    let extended = sqlite3_extended_errcode(database)
    let sameFamily = extended & 0xFF == code & 0xFF
    let error = SQLiteError(
      code: sameFamily ? extended : code,
      message: sameFamily
        ? extended == SealedFileSystem.damage
          ? "a page is not as it was written" : String(cString: sqlite3_errmsg(database))
        : String(cString: sqlite3_errstr(code)),
      statement: statement)
    if error.isGrave, graveError == nil { graveError = error }
    return error
  }

  /// The error of a statement, named by the first 80 bytes of its SQL.
  func error(code: Int32, of statement: OpaquePointer) -> SQLiteError {
    let sql = sqlite3_sql(statement).map { String(cString: $0) } ?? ""
    return error(code: code, statement: Self.name(of: sql))
  }

  static func name(of sql: String) -> String { String(sql.prefix(80)) }

  /// The statement kept for this literal, or nil when there is none yet or it is in use.
  func idleStatement(for sql: StaticString) -> OpaquePointer? {
    guard let statement = statements[sql.utf8Start], sqlite3_stmt_busy(statement) == 0 else {
      return nil
    }
    return statement
  }

  /// Keeps a new statement for this literal; false when there is one already.
  func keep(_ statement: OpaquePointer, for sql: StaticString) -> Bool {
    guard statements[sql.utf8Start] == nil else { return false }
    statements[sql.utf8Start] = statement
    return true
  }

  /// Prepares the first statement of `sql`; nil when there is none, only space or comment.
  ///
  /// Returns as well how many bytes of `sql` were read.
  func compile(
    _ sql: UnsafeBufferPointer<UInt8>, isKept: Bool
  ) throws(SQLiteError) -> (statement: OpaquePointer?, read: Int) {
    guard let start = sql.baseAddress, sql.count <= Int(Int32.max) else { return (nil, sql.count) }
    var statement: OpaquePointer?
    var tail: UnsafePointer<CChar>?
    let code = start.withMemoryRebound(to: CChar.self, capacity: sql.count) { text in
      sqlite3_prepare_v3(
        database, text, Int32(sql.count), isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0,
        &statement, &tail)
    }
    guard code == SQLITE_OK else {
      throw error(code: code, statement: Self.name(of: String(decoding: sql, as: UTF8.self)))
    }
    let read = tail.map { UnsafeRawPointer($0) - UnsafeRawPointer(start) } ?? sql.count
    return (statement, read)
  }
}
