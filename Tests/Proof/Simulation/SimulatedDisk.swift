import Glibc
import SQLite
import Store

/// The disk of the simulated machine, with what goes wrong on it.
final class SimulatedDisk {
  private let path: String
  var isWithoutPower = false

  init(clock: SimulatedClock, chance: SplitMix64) throws {
    path = "/dev/shm/proof-\(getpid()).sqlite"
    remove()
  }

  /// How the database is opened on it.
  func open(_ commits: CommitPlan) throws -> Database {
    var options = DatabaseOptions()
    options.allowsUnsafeFileSystem = true
    options.threading = .caller
    options.readers = 0
    options.faults = CommitFaults { () throws(SQLiteError) in try commits.next() }
    return try Database(path: path, options: options)
  }

  func remove() {
    for end in ["", "-wal", "-shm", ".lock"] { unlink(path + end) }
  }

  func crash(losesPower: Bool) {}
  func cutPower(after operations: Int) {}
  func fail(isFull: Bool, chance: inout SplitMix64) {}
  func heal() {}
}
