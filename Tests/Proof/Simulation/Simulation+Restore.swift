import Gateway
import Store

extension Simulation {
  /// Staff lose the database and restore the last backup, as the program's command does.
  func loseDatabase() {
    guard let backup else { return }
    struck(.restore)
    restoring = backup
    crash(losesPower: false)
  }

  /// Restores a backup with the journal before any step runs on it.
  func restore(_ backup: SimulatedBackup) throws {
    disk.restore(backup.image)
    let database = try disk.open(commits, journal: nil, hasReaders: false)
    defer { database.close() }
    let environment = clock.environment
    try Migrations.run(Schema.migrations, on: database, now: environment.now())
    try environment.resume(on: database)
    let summary = try journalFile.withFile { path in
      try Restoration.run(on: database, journal: path, environment: environment)
    }
    restoring = nil
    truth = backup.truth.restored(over: truth)
    counts.restores += 1
    note(12, UInt64(summary.held), "a backup is restored: \(summary)")
  }

  /// I14: what the program would log names nobody and holds no words of theirs.
  func checkPrivacy(_ sentence: String) {
    let canaries = [
      "7700900", "7700 900", "More bins", "smoke in my kitchen", "Long story", "ЅТОР",
    ]
    guard let canary = canaries.first(where: sentence.contains) else { return }
    violate("I14: a line of the log holds “\(canary)”.")
  }
}
