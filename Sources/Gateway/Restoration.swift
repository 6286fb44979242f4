import Messaging
import Store

/// What makes a restored backup safe before any step runs on it.
public enum Restoration {
  /// Applies the journal file, where there is one, and holds what waited, in one commit.
  ///
  /// The database must have been opened without its journal, which would else get every entry a
  /// second time. Throws `JournalError` for a journal that cannot be read; then nothing is changed.
  public static func run(
    on database: Database, journal path: String?, environment: Environment
  ) throws -> RestoreSummary {
    let now = environment.now()
    let caseID = environment.newID(at: now)
    return try database.write(.bulk, "restore") { transaction in
      try transaction.restore(caseID: caseID, now: now) { each in
        if let path { try Journal.read(path, each: each) }
      } settled: { message in
        try transaction.startTimers(of: message, now: now)
      }
    }
  }
}
