internal import CSQLite

extension ConnectionHandle {
  /// Opens the file and makes the library stricter than it is by itself.
  ///
  /// No checkpoint when it closes (`Connection.checkpoint` says why), no writing to the schema table,
  /// and no text in double quotes.
  static func open(
    path: String, access: Connection.Access, vfs: String?
  ) throws(SQLiteError) -> ConnectionHandle {
    guard !path.utf8.contains(0) else {
      throw SQLiteError(code: SQLITE_CANTOPEN, message: "the path has a NUL", statement: "open")
    }
    _ = SQLiteLibrary.isUncounted
    let mode: Int32
    switch access {
    case .readWrite: mode = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .readOnly: mode = SQLITE_OPEN_READONLY
    }
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(
      path, &opened, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs)
    guard let database = opened else {
      throw SQLiteError(code: code, message: "out of memory", statement: "open")
    }
    let handle = ConnectionHandle(database: database, vfs: vfs)
    guard code == SQLITE_OK else { throw handle.error(code: code, statement: "open") }
    for (option, on) in [
      (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1), (SQLITE_DBCONFIG_DEFENSIVE, 1),
      (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0),
    ] as [(Int32, Int32)] {
      let code = csqlite_db_config_switch(database, option, on)
      guard code == SQLITE_OK else { throw handle.error(code: code, statement: "db_config") }
    }
    handle.isSealed = SealedFileSystem.reserve(in: database)
    let context = Unmanaged.passUnretained(handle).toOpaque()
    sqlite3_wal_hook(database, noteLogFrames, context)
    sqlite3_progress_handler(database, 1000, isPastDeadline, context)
    return handle
  }

  /// Applies one setting and returns what SQLite answers to it; nil where it answers nothing.
  @discardableResult
  func set(_ pragma: Connection.Pragma) throws(SQLiteError) -> String? {
    let sql = "PRAGMA \(pragma.name) = \(pragma.value)"
    let compiled = try Array(sql.utf8).withUnsafeBufferPointer { text throws(SQLiteError) in
      try compile(text, isKept: false).statement
    }
    guard let compiled else { return nil }
    let statement = PreparedStatement(handle: self, statement: compiled, isKept: false)
    guard try statement.step() else { return nil }
    return statement.row.text(0)
  }
}

/// Notes how many frames the write-ahead log has after a commit.
private func noteLogFrames(
  context: UnsafeMutableRawPointer?, database: OpaquePointer?, name: UnsafePointer<CChar>?,
  frames: Int32
) -> Int32 {
  guard let context else { return SQLITE_OK }
  Unmanaged<ConnectionHandle>.fromOpaque(context).takeUnretainedValue().logFrames = Int(frames)
  return SQLITE_OK
}

/// Whether the statement that runs must stop: 1, or 0 to go on.
private func isPastDeadline(context: UnsafeMutableRawPointer?) -> Int32 {
  guard let context else { return 0 }
  let handle = Unmanaged<ConnectionHandle>.fromOpaque(context).takeUnretainedValue()
  guard let deadline = handle.deadline else { return 0 }
  return ContinuousClock.now >= deadline ? 1 : 0
}
