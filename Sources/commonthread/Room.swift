import Gateway
import Synchronization

/// Whether the database's disk has room to go on, as it was when it was last looked at.
final class Room: Sendable {
  private let freeNow: @Sendable () -> Int64?
  private let freeBytes = Mutex<Int64?>(nil)

  /// Looks for the first time; `freeNow` gives the free bytes, nil when they cannot be told.
  init(freeNow: @escaping @Sendable () -> Int64?) {
    self.freeNow = freeNow
    look()
  }

  /// Looks again and returns the free bytes; nil when they cannot be told, which stops nothing.
  @discardableResult
  func look() -> Int64? {
    let free = freeNow()
    freeBytes.withLock { $0 = free }
    return free
  }

  /// Whether messages may be sent: what cannot be recorded must not be.
  var isEnoughToSend: Bool { freeBytes.withLock { $0 ?? .max } >= DiskRoom.toSend }

  /// Whether callbacks may be taken.
  var isEnoughToReceive: Bool { freeBytes.withLock { $0 ?? .max } >= DiskRoom.toReceive }
}
