import Messaging
import Store

extension Configuration {
  /// Opens the database with its journal, and brings it to this version's schema.
  func openDatabase(
    now: Instant, onFailure: @escaping @Sendable (StoreError, String) -> Void = { _, _ in }
  ) throws -> Database {
    try DatabaseReplacement.requireNone(at: self.database)
    var options = DatabaseOptions()
    options.journal = try journal.map { try Journal(path: $0) }
    options.vfs = fileSystem
    options.allowsUnsafeFileSystem = isThrowaway
    let database = try Database(path: self.database, options: options, onFailure: onFailure)
    try Migrations.run(Schema.migrations, on: database, now: now)
    return database
  }
}
