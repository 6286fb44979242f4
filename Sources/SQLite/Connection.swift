internal import CSQLite

/// One connection to one SQLite database file.
///
/// Used by one thread at a time, which the compiler checks. Statements written as literals are
/// prepared once and kept until the connection closes, which happens when the value ends.
public struct Connection: ~Copyable {
  /// What a connection may do with its file.
  public enum Access: Sendable {
    /// Reads and writes; makes the file where there is none.
    case readWrite
    /// Reads only; the file must be there.
    case readOnly
  }

  /// A setting of the connection, as in `PRAGMA name = value`.
  public struct Pragma: Equatable, Sendable {
    /// The name, such as `synchronous`.
    public let name: String
    /// The value as it is written in SQL, such as `FULL` or `67108864`.
    public let value: String

    /// Makes a setting.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  let handle: ConnectionHandle

  /// Opens the file at `path`, or a database in memory for `:memory:`, and applies the settings in
  /// their order.
  ///
  /// `vfs` names the virtual file system to use; nil is the default of the library. The write-ahead
  /// log is never checkpointed by closing a connection, nor by committing: see `checkpoint`. (So
  /// `wal_autocheckpoint` must not be among the settings: it would bring that back.)
  public init(
    path: String, access: Access, vfs: String? = nil, pragmas: [Pragma] = []
  ) throws(SQLiteError) {
    let opened = try ConnectionHandle.open(path: path, access: access, vfs: vfs)
    for pragma in pragmas { try opened.set(pragma) }
    handle = opened
  }

  /// Applies one setting and returns what SQLite answers to it; nil where it answers nothing.
  @discardableResult
  public borrowing func set(_ pragma: Pragma) throws(SQLiteError) -> String? {
    try handle.set(pragma)
  }

  /// The statement of a literal, prepared at its first use and kept.
  ///
  /// Should the same literal be in the middle of its rows, another is prepared for this use alone.
  public borrowing func prepare(_ sql: StaticString) throws(SQLiteError) -> PreparedStatement {
    if let kept = handle.idleStatement(for: sql) {
      return PreparedStatement(handle: handle, statement: kept, isKept: true)
    }
    let text = UnsafeBufferPointer(start: sql.utf8Start, count: sql.utf8CodeUnitCount)
    guard let made = try handle.compile(text, isKept: true).statement else {
      throw handle.error(code: SQLITE_MISUSE, statement: "an empty statement")
    }
    return PreparedStatement(
      handle: handle, statement: made, isKept: handle.keep(made, for: sql))
  }

  /// A statement of SQL put together at run time, prepared for this use alone.
  public borrowing func prepare(built sql: String) throws(SQLiteError) -> PreparedStatement {
    var sql = sql
    let made: Result<OpaquePointer?, SQLiteError> = sql.withUTF8 { text in
      Result { () throws(SQLiteError) in try handle.compile(text, isKept: false).statement }
    }
    guard let statement = try made.get() else {
      throw handle.error(code: SQLITE_MISUSE, statement: "an empty statement")
    }
    return PreparedStatement(handle: handle, statement: statement, isKept: false)
  }

  /// Runs every statement of a script, one after the other, and drops the rows they give.
  public borrowing func execute(_ script: String) throws(SQLiteError) {
    var script = script
    let done: Result<Void, SQLiteError> = script.withUTF8 { text in
      Result { () throws(SQLiteError) in
        var rest = text
        while !rest.isEmpty {
          let (statement, read) = try handle.compile(rest, isKept: false)
          rest = UnsafeBufferPointer(rebasing: rest[read...])
          guard let statement else { continue }
          try PreparedStatement(handle: handle, statement: statement, isKept: false).run()
        }
      }
    }
    try done.get()
  }
}
