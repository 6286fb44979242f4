import SQLite

/// How a database is opened; the defaults are those of production.
public struct DatabaseOptions: Sendable {
  /// Whose thread commits.
  public enum Threading: Sendable {
    /// A thread of the database, which commits the jobs of all callers in groups.
    case ownThread
    /// The caller's own, each write by itself in the same transaction code: for simulations and
    /// tests, where no thread may run beside theirs.
    case caller
  }

  /// Whose thread commits.
  public var threading = Threading.ownThread
  /// How many connections read.
  ///
  /// With 0, and in memory, reads go between two groups on the connection that writes, without a
  /// time limit.
  public var readers = 4
  /// How long a read may take.
  public var readLimit = Duration.seconds(5)
  /// The name of SQLite's virtual file system; nil is the default one behind seals.
  ///
  /// With another one the file is neither locked nor looked at by us, since it may not be a file; its
  /// pages carry seals where that is a `SealedFileSystem`.
  public var vfs: String?
  /// Settings of the writing connection that go before ours, such as `locking_mode`.
  public var pragmas: [Connection.Pragma] = []
  /// What holds opt-outs and accepted sends off this disk; nil for none.
  public var journal: Journal?
  /// What goes wrong on purpose; nil in production.
  public var faults: CommitFaults?
  /// Whether a network, FUSE or overlay file system is taken all the same.
  public var allowsUnsafeFileSystem = false

  /// The options of production.
  public init() {}
}
