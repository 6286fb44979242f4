import FoundationEssentials
import Gateway
import Glibc
import Messaging
import Store

extension Command {
  /// Puts a backup in the place of the database, and makes it safe to use.
  static let restore = Command(
    name: "restore", synopsis: "FILE [--config FILE]",
    summary: "Puts a backup in the place of the database, and makes it safe to use.",
    details: """
      Stop serve first. The old database is kept beside the new one. Opt-outs and accepted sends
      of the journal are applied; messages that waited in the backup are held for staff, since
      nobody knows whether they were sent.
      """
  ) { words in
    let arguments = try Arguments(words, options: ["--config"])
    guard let backup = arguments.operands.first, arguments.operands.count == 1 else {
      throw Arguments.Misuse(description: "restore takes the file of a backup.")
    }
    let configuration = try ConfigurationFile.load(arguments["--config"])
    let environment = Environment.machine
    let now = environment.now()
    let entries = try configuration.journal.map { try Journal.entries(in: $0) } ?? []
    try replace(configuration.database, by: backup, now: now)
    let database = try configuration.openDatabase(now: now)
    defer { database.close() }
    let caseID = environment.newID(at: now)
    let summary = try database.write(.bulk, "restore") {
      try $0.restore(with: entries, caseID: caseID, now: now)
    }
    Terminal.say(
      "Restored. Opt-outs and opt-ins applied from the journal: \(summary.optOutChanges); "
        + "proven sent: \(summary.provenSent); held for staff: \(summary.held).")
    return 0
  }

  /// Checks the backup, sets the old database aside and copies the backup to its place, all under
  /// the lock that keeps serve out.
  private static func replace(_ database: String, by backup: String, now: Instant) throws {
    let lock = try DatabaseLock(databasePath: database)
    let copy = database + ".restoring"
    unlink(copy)
    do {
      let source = try ReaderPool(path: backup)
      defer { source.close() }
      try source.backup(to: copy)
    }
    chmod(copy, 0o600)
    try check(copy)
    let aside = database + ".before-" + now.iso8601
    for suffix in ["", "-wal", "-shm"] where access(database + suffix, F_OK) == 0 {
      guard rename(database + suffix, aside + suffix) == 0 else {
        throw Problem(
          description: "Cannot set \(database)\(suffix) aside. Check the folder's rights.")
      }
    }
    guard rename(copy, database) == 0 else {
      throw Problem(description: "Cannot put the backup in place. It is at \(copy).")
    }
    _ = consume lock
  }

  /// Opens the copy as serve would, so that a damaged or foreign file is refused before anything is
  /// moved.
  private static func check(_ copy: String) throws {
    let opened = try Database(path: copy)
    opened.close()
    for suffix in ["-wal", "-shm", ".lock"] { unlink(copy + suffix) }
  }
}
