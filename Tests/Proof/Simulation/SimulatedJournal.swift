import Foundation
import SQLite
import Store
import Synchronization

/// The journal on its own disk, which nothing befalls.
final class SimulatedJournal: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  /// What the database writes it by.
  var journal: Journal {
    Journal { lines throws(JournalError) in self.bytes.withLock { $0 += lines } }
  }

  /// Hands it to `body` as a file, since that is how a restore reads it.
  func withFile<Value>(_ body: (_ path: String) throws -> Value) throws -> Value {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "commonthread-proof-\(UUID()).journal")
    try Data(bytes.withLock { $0 }).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    return try body(path.path)
  }
}

/// A backup: the database as it was, and what was true then.
struct SimulatedBackup {
  let image: CrashFileSystem.Image
  let truth: SimulatedTruth
}
