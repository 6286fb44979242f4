import Dispatch
import Foundation
import Synchronization

/// Threads that tests start and wait for.
final class WaitingThreads: Sendable {
  private let group = DispatchGroup()

  /// Runs `body` on a thread of its own.
  func start(_ body: @escaping @Sendable () -> Void) {
    group.enter()
    let thread = Thread { [group] in
      body()
      group.leave()
    }
    thread.start()
  }

  /// Blocks until all have ended.
  func wait() {
    group.wait()
  }
}

/// A list that several threads append to.
final class SharedList<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  var all: [Element] { elements.withLock { $0 } }

  func append(_ element: Element) {
    elements.withLock { $0.append(element) }
  }
}

/// Gives the processor away until `condition` holds.
func yield(until condition: () -> Bool) {
  while !condition() { sched_yield() }
}
