internal import CSQLite

/// A call of SQLite that did not succeed.
///
/// It never holds a bound value: the message names tables and columns, and the statement is the
/// text of the SQL, in which values are question marks. Codes: <https://www.sqlite.org/rescode.html>.
public struct SQLiteError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The extended result code, such as 2067 for a unique key that is taken.
  public let code: Int32
  /// What SQLite says about it.
  public let message: String
  /// The beginning of the SQL, or the name of the call where there was no SQL.
  public let statement: String

  /// Makes an error from its parts.
  public init(code: Int32, message: String, statement: String) {
    self.code = code
    self.message = message
    self.statement = statement
  }

  /// One sentence for the log.
  public var description: String { "SQLite error \(code): \(message) (in: \(statement))" }

  /// The lower byte of the code: its family.
  public var primaryCode: Int32 { code & 0xFF }

  /// Whether a row with this unique or primary key is there already.
  public var isUniqueViolation: Bool {
    [SQLITE_CONSTRAINT | 8 << 8, SQLITE_CONSTRAINT | 6 << 8, SQLITE_CONSTRAINT | 10 << 8]
      .contains(code)
  }

  /// Whether a constraint of any kind refused the row.
  public var isConstraintViolation: Bool { primaryCode == SQLITE_CONSTRAINT }

  /// Whether the disk, or the greatest size set for the file, is used up.
  public var isDiskFull: Bool { primaryCode == SQLITE_FULL }

  /// Whether reading, writing or flushing the file failed.
  public var isInputOutputError: Bool { primaryCode == SQLITE_IOERR }

  /// Whether the file is damaged or is no database.
  ///
  /// A page that lost its seal (`SealedFileSystem`) is an error of input and output as well.
  public var isCorruption: Bool {
    primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB || code == SealedFileSystem.damage
  }

  /// Whether another connection holds a lock that this call needed.
  public var isBusy: Bool { primaryCode == SQLITE_BUSY || primaryCode == SQLITE_LOCKED }

  /// Whether the deadline of the connection stopped the statement.
  public var isInterrupted: Bool { primaryCode == SQLITE_INTERRUPT }

  /// Whether the connection may not write.
  public var isReadOnly: Bool { primaryCode == SQLITE_READONLY }

  /// Whether no further write can be trusted after this error.
  ///
  /// So after a full disk, a failed read, write or flush, and damage. A flush that failed must never
  /// be tried again: the kernel may by then have dropped the bytes, and report success.
  public var isGrave: Bool { isDiskFull || isInputOutputError || isCorruption }
}
