import SQLite
import Store
import Testing

@Suite struct StoreErrorTests {
  private static let sqlite = SQLiteError(code: 10, message: "disk I/O error", statement: "COMMIT")

  /// One of each case, its name, and the end of its sentence: what to do.
  private static let all: [(StoreError, String, String)] = [
    (.closed, "database-closed", "is closed."),
    (.commitFailed(sqlite), "commit-failed", "."),
    (.diskFull, "disk-full", "Free some space and start again."),
    (.failed, "database-failed", "Look at the log and restart."),
    (.readTimedOut, "read-timed-out", "Ask for less at once."),
    (.inUse(processID: 7), "database-in-use", "(process 7). Stop that one first."),
    (.inUse(processID: nil), "database-in-use", "another commonthread. Stop that one first."),
    (
      .unopenable(path: "/a", errorNumber: 13), "database-unopenable",
      "(error 13). Check the folder and its rights."
    ),
    (.corrupt("a page"), "database-corrupt", "(a page). Restore the last backup."),
    (.foreign(applicationID: 9), "database-foreign", "(application id 9). Name another file."),
    (
      .newerSchema(found: 3, known: 2), "database-newer",
      "schema 3 and this version knows 2. Install the newer version."
    ),
    (.migrationMismatch(number: 2), "migration-mismatch", "Install a proper release."),
    (.unsafeFileSystem("NFS"), "unsafe-file-system", "Move it to a local disk."),
    (
      .settingRefused("x = 1"), "setting-refused", "x = 1. Install Debian's own libsqlite3."
    ),
  ]

  @Test(arguments: all)
  func `each error has its lasting name and says what to do`(
    error: StoreError, code: String, end: String
  ) {
    #expect(error.code == code)
    #expect(error.description.hasSuffix(end))
  }
}
