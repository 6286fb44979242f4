import SQLite

/// One job's share of a group commit: what it does is stored wholly or not at all.
///
/// It lives only inside the job. The job must not end or begin transactions by itself.
public struct Transaction: ~Copyable {
  /// Reads what is stored, with what this job and the jobs before it have changed.
  public let reader: Reader
  /// What the journal is to hold once this commits.
  let journal: JournalLines

  init(connection: consuming Connection, journal: Journal?) {
    reader = Reader(connection: connection)
    self.journal = JournalLines(journal: journal)
  }

  /// Runs an INSERT, UPDATE or DELETE and returns how many rows it changed.
  @discardableResult
  public borrowing func run<each Bound: Storable>(
    _ sql: StaticString, _ values: repeat each Bound
  ) throws(SQLiteError) -> Int {
    let statement = try reader.connection.prepare(sql)
    try statement.bindAll(repeat each values)
    try statement.run()
    return statement.isReadOnly ? 0 : reader.connection.changes
  }

  /// Every row of a query, or of a change with RETURNING, each read by `read`.
  public borrowing func all<Value, each Bound: Storable>(
    _ sql: StaticString, _ values: repeat each Bound,
    read: (borrowing Row) throws -> Value
  ) throws -> [Value] {
    let statement = try reader.connection.prepare(sql)
    try statement.bindAll(repeat each values)
    var found: [Value] = []
    while let value = try statement.next(read) { found.append(value) }
    return found
  }

  /// The first row of a query, or of a change with RETURNING; nil when there is none.
  ///
  /// A change is carried out wholly, also where it gives more rows than the first.
  public borrowing func first<Value, each Bound: Storable>(
    _ sql: StaticString, _ values: repeat each Bound,
    read: (borrowing Row) throws -> Value
  ) throws -> Value? {
    let statement = try reader.connection.prepare(sql)
    try statement.bindAll(repeat each values)
    let value = try statement.next(read)
    if !statement.isReadOnly { try statement.run() }
    return value
  }

  /// Runs a change whose SQL is put together at run time and returns how many rows it changed.
  ///
  /// Only SQL of our own goes into `sql`; whatever people typed goes into `values`.
  @discardableResult
  public borrowing func run(built sql: String, values: [any Storable]) throws(SQLiteError) -> Int {
    let statement = try reader.connection.prepare(built: sql)
    try statement.bindAll(values)
    try statement.run()
    return statement.isReadOnly ? 0 : reader.connection.changes
  }

  /// Runs every statement of a script, such as a migration's.
  public borrowing func execute(_ script: String) throws(SQLiteError) {
    try reader.connection.execute(script)
  }

  /// The row id of the last INSERT of this transaction.
  public var lastInsertRowID: Int64 { reader.connection.lastInsertRowID }
}
