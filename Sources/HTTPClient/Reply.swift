import Glibc
import Synchronization

/// Where one thread waits for an exchange that another tells it of.
///
/// `@unchecked Sendable`: the semaphore is made for use by several threads, and the pointer to it
/// never changes.
final class Reply: @unchecked Sendable {
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  private let exchange = Mutex<Exchange?>(nil)

  init() {
    semaphore.initialize(to: sem_t())
    sem_init(semaphore, 0, 0)
  }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  /// Tells the exchange.
  func fill(_ exchange: Exchange) {
    self.exchange.withLock { $0 = exchange }
    sem_post(semaphore)
  }

  /// Waits until it is told.
  func wait() -> Exchange {
    while true {
      if sem_wait(semaphore) == 0, let exchange = exchange.withLock({ $0 }) { return exchange }
    }
  }
}
