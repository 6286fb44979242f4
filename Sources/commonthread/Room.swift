import Gateway
import Synchronization

/// Whether the database's disk has room to go on, as it was when it was last looked at.
final class Room: Sendable {
  private let disk: String
  private let freeBytes = Mutex<Int64?>(nil)

  /// Looks at the disk that holds the path for the first time.
  init(disk: String) {
    self.disk = disk
    look()
  }

  /// Looks again and returns the free bytes; nil when they cannot be told, which stops nothing.
  @discardableResult
  func look() -> Int64? {
    let free = DiskSpace.free(at: disk)
    freeBytes.withLock { $0 = free }
    return free
  }

  /// Whether messages may be sent: what cannot be recorded must not be.
  var isEnoughToSend: Bool { freeBytes.withLock { $0 ?? .max } >= DiskRoom.toSend }

  /// Whether callbacks may be taken.
  var isEnoughToReceive: Bool { freeBytes.withLock { $0 ?? .max } >= DiskRoom.toReceive }
}
