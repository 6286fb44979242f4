import SQLite

/// What goes wrong on purpose at a commit, so that tests can prove what is told to whom.
public struct CommitFaults: Sendable {
  /// Called before each COMMIT: may wait, as a slow disk does, or throw, as a broken one does.
  public let beforeCommit: @Sendable () throws(SQLiteError) -> Void

  /// Makes faults from what happens before each COMMIT.
  public init(beforeCommit: @escaping @Sendable () throws(SQLiteError) -> Void) {
    self.beforeCommit = beforeCommit
  }
}
