import Dispatch
import Synchronization

/// Wakes one waiting loop when there is work: many rings before a wait count as one.
final class Doorbell: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let isRung = Mutex(false)

  /// Says that there is work.
  func ring() {
    let first = isRung.withLock { rung in
      defer { rung = true }
      return !rung
    }
    if first { semaphore.signal() }
  }

  /// Waits until the bell has rung, or for so many milliseconds.
  func wait(milliseconds: Int) {
    guard semaphore.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return }
    isRung.withLock { $0 = false }
  }
}
