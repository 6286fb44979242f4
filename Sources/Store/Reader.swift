import Messaging
import SQLite

/// One look at the database: every question asked of it sees the same state.
///
/// A query that both reading and writing code asks is an extension of `Reader`; a transaction has
/// one as `reader`. SQL that would change something is refused. The values stand in the SQL as `?`.
public struct Reader: ~Copyable {
  let connection: Connection

  init(connection: consuming Connection) {
    self.connection = connection
  }

  /// Every row of the query, each read by `read`, in the order of the query.
  public borrowing func all<Value, each Bound: Storable>(
    _ sql: StaticString, _ values: repeat each Bound,
    read: (borrowing Row) throws -> Value
  ) throws -> [Value] {
    let statement = try connection.prepare(sql)
    try statement.refuseWriting()
    try statement.bindAll(repeat each values)
    var found: [Value] = []
    while let value = try statement.next(read) { found.append(value) }
    return found
  }

  /// The first row of the query; nil when there is none.
  public borrowing func first<Value, each Bound: Storable>(
    _ sql: StaticString, _ values: repeat each Bound,
    read: (borrowing Row) throws -> Value
  ) throws -> Value? {
    let statement = try connection.prepare(sql)
    try statement.refuseWriting()
    try statement.bindAll(repeat each values)
    return try statement.next(read)
  }

  /// Every row of a query whose SQL is put together at run time, such as a filter over residents.
  ///
  /// Only SQL of our own goes into `sql`; whatever people typed goes into `values`.
  public borrowing func all<Value>(
    built sql: String, values: [any Storable], read: (borrowing Row) throws -> Value
  ) throws -> [Value] {
    let statement = try connection.prepare(built: sql)
    try statement.refuseWriting()
    try statement.bindAll(values)
    var found: [Value] = []
    while let value = try statement.next(read) { found.append(value) }
    return found
  }
}

extension PreparedStatement {
  /// Binds the values to the places 1, 2, 3 …, of which there must be as many.
  borrowing func bindAll<each Bound: Storable>(
    _ values: repeat each Bound
  ) throws(SQLiteError) {
    var index = 0
    for value in repeat each values {
      index += 1
      try value.bind(to: self, at: index)
    }
    try require(count: index)
  }

  /// Binds the values to the places 1, 2, 3 …, of which there must be as many.
  borrowing func bindAll(_ values: [any Storable]) throws(SQLiteError) {
    for (offset, value) in values.enumerated() { try value.bind(to: self, at: offset + 1) }
    try require(count: values.count)
  }

  /// Throws for a statement that would change something.
  borrowing func refuseWriting() throws(SQLiteError) {
    guard !isReadOnly else { return }
    throw SQLiteError(code: 8, message: "a reader cannot write", statement: sql)
  }

  private borrowing func require(count: Int) throws(SQLiteError) {
    guard count != parameterCount else { return }
    throw SQLiteError(
      code: 25, message: "\(count) values for \(parameterCount) places", statement: sql)
  }
}

extension Row {
  /// A point in time, from its milliseconds.
  public borrowing func instant(_ column: Int) -> Instant {
    Instant(milliseconds: integer(column))
  }

  /// A point in time; nil for NULL.
  public borrowing func optionalInstant(_ column: Int) -> Instant? {
    isNull(column) ? nil : instant(column)
  }

  /// A record's id, from its 16 bytes; nil for NULL and for any other number of bytes.
  public borrowing func recordID(_ column: Int) -> RecordID? {
    RecordID(bytes: blob(column))
  }
}
