import Gateway
import Glibc
import Messaging
import Store

extension Command {
  /// Puts a backup in the place of the database, and makes it safe to use.
  static let restore = Command(
    name: "restore", synopsis: "FILE [--without-journal] [--config FILE]",
    summary: "Puts a backup in the place of the database, and makes it safe to use.",
    details: """
      Stop serve first. Opt-outs, opt-ins and accepted sends of the journal are applied; messages
      that waited in the backup are held for staff, since nobody knows whether they were sent.

      --without-journal  go on although the journal is lost: whoever texted STOP after the backup
                         will be texted again

      The old database is kept as DATABASE.before-TIME. Nothing of it is touched before the new one
      is complete. When restore is cut off, run it again: until then serve does not start.
      """
  ) { words in
    let arguments = try Arguments(words, options: ["--config"], flags: ["--without-journal"])
    guard let backup = arguments.operands.first, arguments.operands.count == 1 else {
      throw Arguments.Misuse(description: "restore takes the file of a backup.")
    }
    guard access(backup, R_OK) == 0 else {
      throw Problem(description: "Cannot read \(backup). Check the path and the file's rights.")
    }
    var configuration = try ConfigurationFile.load(arguments["--config"])
    if arguments.has("--without-journal") { configuration.journal = nil }
    let lock = try DatabaseLock(databasePath: configuration.database)
    let now = Environment.machine.now()
    let replacement = DatabaseReplacement(
      database: configuration.database,
      aside: "\(configuration.database).before-\(now.iso8601)")
    replacement.removeCopy()
    let summary: RestoreSummary
    do {
      summary = try makeSafe(backup, at: replacement.copy, configuration)
    } catch {
      replacement.removeCopy()
      throw error
    }
    for step in replacement.steps { try step() }
    _ = consume lock
    Terminal.say(
      "Restored. Opt-outs and opt-ins applied from the journal: \(summary.optOutChanges); "
        + "proven sent: \(summary.provenSent); held for staff: \(summary.held); "
        + "texts and timers that waited: \(summary.waitingEvents).")
    return 0
  }

  /// Copies the backup and makes the copy what serve can start with; refuses what serve would.
  private static func makeSafe(
    _ backup: String, at copy: String, _ configuration: Configuration
  ) throws -> RestoreSummary {
    let oldMask = umask(0o077)
    defer { umask(oldMask) }
    let source = try ReaderPool(path: backup)
    defer { source.close() }
    try source.backup(to: copy)
    var copied = configuration
    copied.database = copy
    // The journal is applied, not continued: it would get every entry a second time.
    copied.journal = nil
    let database = try copied.openDatabase(now: Environment.machine.now())
    defer {
      database.close()
      for suffix in ["-wal", "-shm", ".lock"] { unlink(copy + suffix) }
    }
    try Environment.machine.resume(on: database)
    return try Restoration.run(
      on: database, journal: configuration.journal, environment: .machine)
  }
}
