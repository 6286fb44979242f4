internal import CSQLite

extension Connection {
  /// How many rows the last INSERT, UPDATE or DELETE changed.
  public var changes: Int { Int(sqlite3_changes(handle.database)) }

  /// The row id of the last INSERT on this connection.
  public var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(handle.database) }

  /// Whether a transaction is open; SQLite ends one by itself after some errors.
  public var isInTransaction: Bool { sqlite3_get_autocommit(handle.database) == 0 }

  /// Whether a deferred foreign key is unresolved, so that a commit would be refused.
  public var hasUnresolvedForeignKeys: Bool {
    var current: Int32 = 0
    var highest: Int32 = 0
    sqlite3_db_status(
      handle.database, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
    return current != 0
  }

  /// Whether the pages of the file carry seals, as its header told when it was opened.
  ///
  /// True for a file without pages, which will be sealed; nil where the file system keeps no seals,
  /// and in memory.
  public var isSealed: Bool? { handle.isSealed }

  /// The first error after which no write here can be trusted; nil while there was none.
  ///
  /// It stays even when the code that met it swallowed it.
  public var graveError: SQLiteError? { handle.graveError }

  /// The frames in the write-ahead log after the last commit of this connection.
  public var logFrames: Int { handle.logFrames }

  /// Lets every statement from here run until `deadline` and no longer; nil lifts it.
  ///
  /// A statement stopped by it throws an error that `isInterrupted`.
  public borrowing func stop(at deadline: ContinuousClock.Instant?) {
    handle.deadline = deadline
  }

  /// How far a checkpoint goes.
  public enum CheckpointMode: Sendable {
    /// As far as it can without waiting for readers.
    case passive
    /// The whole log, which is then cut to nothing; busy where a reader is in the way.
    case truncate
  }

  /// Copies the write-ahead log into the database file, flushing both.
  ///
  /// The connection must have read or written before: else it does not know of the log, and nothing
  /// happens. Throws where a read, write or flush fails, which the automatic checkpoint of SQLite would hide;
  /// a failed flush must not be tried again. Source: <https://www.sqlite.org/c3ref/wal_checkpoint_v2.html>.
  public borrowing func checkpoint(_ mode: CheckpointMode) throws(SQLiteError) {
    let mode = mode == .passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE
    let code = sqlite3_wal_checkpoint_v2(handle.database, nil, mode, nil, nil)
    guard code == SQLITE_OK else { throw handle.error(code: code, statement: "checkpoint") }
    handle.logFrames = 0
  }

  /// Copies the whole database, as it is at this moment, into a new file at `path`.
  ///
  /// Others may read and write meanwhile. Refuses a destination that holds anything.
  /// Source: <https://www.sqlite.org/backup.html>.
  public borrowing func backup(to path: String) throws(SQLiteError) {
    let copy = try Connection(path: path, access: .readWrite, vfs: handle.vfs)
    guard try copy.hasNoPages() else {
      throw SQLiteError(
        code: SQLITE_CANTOPEN, message: "the file is not empty", statement: "backup")
    }
    guard
      let backup = sqlite3_backup_init(copy.handle.database, "main", handle.database, "main")
    else { throw copy.handle.error(code: SQLITE_ERROR, statement: "backup") }
    let stepped = sqlite3_backup_step(backup, -1)
    let finished = sqlite3_backup_finish(backup)
    guard stepped == SQLITE_DONE, finished == SQLITE_OK else {
      throw copy.handle.error(code: finished == SQLITE_OK ? stepped : finished, statement: "backup")
    }
  }

  private borrowing func hasNoPages() throws(SQLiteError) -> Bool {
    let count = try prepare("PRAGMA page_count")
    return try count.step() && count.row.integer(0) == 0
  }
}
