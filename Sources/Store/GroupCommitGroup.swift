import SQLite

/// How a group ended.
enum GroupCommitEnd {
  /// The commit returned: each job is durable, or undone by an error of its own.
  case committed
  /// The transaction could not begin, and nothing was tried.
  case notBegun(SQLiteError)
  /// Nothing of the group may be taken as stored, and no write can be trusted from here.
  case failed(StoreError, during: String)
}

extension Transaction {
  /// The most jobs that share one commit.
  static var groupLimit: Int { 64 }

  /// Runs `first`, and every job that `next` gives, in one transaction; then commits it.
  ///
  /// `finished` receives each job with the error of its own that undid it, if any. The jobs are told
  /// nothing here: that is for the caller, once this returns.
  borrowing func runGroup(
    _ first: GroupCommitJob, next: () -> GroupCommitJob?,
    beforeCommit: (@Sendable () throws(SQLiteError) -> Void)?,
    finished: inout [(job: GroupCommitJob, error: (any Error)?)]
  ) -> GroupCommitEnd {
    do throws(SQLiteError) {
      try statement("BEGIN IMMEDIATE")
    } catch {
      finished.append((first, error))
      return error.isGrave ? .failed(StoreError(lost: error), during: "begin") : .notBegun(error)
    }
    var during: StaticString = first.name
    do throws(SQLiteError) {
      var current: GroupCommitJob? = first
      while let job = current {
        during = job.name
        finished.append((job, nil))
        finished[finished.count - 1].error = try runInSavepoint(job)
        current = finished.count < Self.groupLimit ? next() : nil
      }
      during = "journal"
      try flushJournal()
      during = "commit"
      try beforeCommit?()
      try statement("COMMIT")
      return .committed
    } catch {
      journal.goBack(to: 0)
      if reader.connection.isInTransaction { try? statement("ROLLBACK") }
      return .failed(StoreError(lost: error), during: "\(during)")
    }
  }

  /// Runs one job so that its error undoes it alone; throws what loses the whole group.
  private borrowing func runInSavepoint(
    _ job: GroupCommitJob
  ) throws(SQLiteError) -> (any Error)? {
    try statement("SAVEPOINT job")
    let mark = journal.mark
    var problem = job.perform(self)
    if let grave = reader.connection.graveError { throw grave }
    guard reader.connection.isInTransaction else {
      throw SQLiteError(
        code: 21, message: "the transaction ended inside a job", statement: "\(job.name)")
    }
    if problem == nil, reader.connection.hasUnresolvedForeignKeys {
      problem = SQLiteError(
        code: 787, message: "FOREIGN KEY constraint failed", statement: "\(job.name)")
    }
    if problem != nil {
      journal.goBack(to: mark)
      try statement("ROLLBACK TO job")
    }
    try statement("RELEASE job")
    return problem
  }

  private borrowing func flushJournal() throws(SQLiteError) {
    do throws(JournalError) {
      try journal.flush()
    } catch {
      throw SQLiteError(code: 10, message: "\(error)", statement: "journal")
    }
  }

  private borrowing func statement(_ sql: StaticString) throws(SQLiteError) {
    try reader.connection.prepare(sql).run()
  }
}

extension StoreError {
  /// What those who waited for a commit are told when `error` lost it.
  init(lost error: SQLiteError) {
    self = error.isDiskFull ? .diskFull : .commitFailed(error)
  }
}
