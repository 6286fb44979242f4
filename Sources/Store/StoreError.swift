import SQLite

/// Why the database could not do what it was asked.
public enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The database was closed before the write was taken.
  case closed
  /// The group commit that held the write failed: nothing of it may be taken as stored.
  ///
  /// The database takes no more writes. After a restart the write may prove to be there, since a
  /// flush that failed can have reached the disk.
  case commitFailed(SQLiteError)
  /// The disk is full: nothing of the write is stored, and the database takes no more writes.
  case diskFull
  /// An earlier commit failed, and no write is taken since.
  case failed
  /// A read took longer than its limit.
  case readTimedOut
  /// Another process has the database open; the number of that process, where it is known.
  case inUse(processID: Int32?)
  /// The file could not be opened or made; the system's error number.
  case unopenable(path: String, errorNumber: Int32)
  /// The file is damaged; what the check found first.
  case corrupt(String)
  /// The file is a SQLite database of some other program.
  case foreign(applicationID: Int64)
  /// The database was made by a newer version of the program.
  case newerSchema(found: Int, known: Int)
  /// The list of migrations and the file disagree about this number.
  case migrationMismatch(number: Int)
  /// The file lies on a file system that does not keep SQLite's promises; its name.
  case unsafeFileSystem(String)
  /// A setting that the promises rest on did not take.
  case settingRefused(String)

  /// The name of the case, which stays the same from version to version.
  public var code: String {
    switch self {
    case .closed: "database-closed"
    case .commitFailed: "commit-failed"
    case .diskFull: "disk-full"
    case .failed: "database-failed"
    case .readTimedOut: "read-timed-out"
    case .inUse: "database-in-use"
    case .unopenable: "database-unopenable"
    case .corrupt: "database-corrupt"
    case .foreign: "database-foreign"
    case .newerSchema: "database-newer"
    case .migrationMismatch: "migration-mismatch"
    case .unsafeFileSystem: "unsafe-file-system"
    case .settingRefused: "setting-refused"
    }
  }

  /// A sentence for people, with what to do.
  public var description: String {
    switch self {
    case .closed: "The database is closed."
    case .commitFailed(let error):
      "The database could not be written and takes nothing more until a restart: \(error)."
    case .diskFull: "The disk is full. Free some space and start again."
    case .failed: "The database takes no more writes since one failed. Look at the log and restart."
    case .readTimedOut: "Reading took too long and was stopped. Ask for less at once."
    case .inUse(let processID):
      "The database is in use by another commonthread"
        + (processID.map { " (process \($0))" } ?? "") + ". Stop that one first."
    case .unopenable(let path, let errorNumber):
      "The file \(path) could not be opened (error \(errorNumber)). Check the folder and its rights."
    case .corrupt(let finding):
      "The database is damaged (\(finding)). Restore the last backup."
    case .foreign(let applicationID):
      "The file belongs to another program (application id \(applicationID)). Name another file."
    case .newerSchema(let found, let known):
      "The database has schema \(found) and this version knows \(known). Install the newer version."
    case .migrationMismatch(let number):
      "Migration \(number) is not the one that the database was made with. Install a proper release."
    case .unsafeFileSystem(let name):
      "The database lies on \(name), which can lose data. Move it to a local disk."
    case .settingRefused(let setting):
      "SQLite did not take the setting \(setting). Install Debian's own libsqlite3."
    }
  }
}
