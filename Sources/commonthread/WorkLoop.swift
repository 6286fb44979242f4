import Dispatch
import Synchronization

/// A thread that repeats one step until it is told to stop.
///
/// The step says how long it may sleep when there was nothing to do; the bell wakes it earlier.
final class WorkLoop: Sendable {
  private let bell: Doorbell
  private let isStopping = Mutex(false)
  private let finished = DispatchGroup()
  private let lastBeat = Mutex(ContinuousClock.now)

  /// Starts the loop.
  ///
  /// - Parameters:
  ///   - name: The thread's name, for debuggers.
  ///   - bell: Rings when there may be work.
  ///   - step: Does some of the work, and returns how many milliseconds to sleep: 0 for none.
  init(name: String, bell: Doorbell, step: @escaping @Sendable () -> Int) {
    self.bell = bell
    DispatchQueue(label: name).async(group: finished) { self.run(step) }
  }

  private func run(_ step: () -> Int) {
    while !isStopping.withLock({ $0 }) {
      lastBeat.withLock { $0 = .now }
      let pause = step()
      if pause > 0 { bell.wait(milliseconds: pause) }
    }
  }

  /// How long ago the loop last began a step; it grows when a step does not come back.
  var sinceLastBeat: Duration { ContinuousClock.now - lastBeat.withLock { $0 } }

  /// Asks the loop to end after the step that is running, and waits for that.
  func stop() {
    isStopping.withLock { $0 = true }
    bell.ring()
    finished.wait()
  }
}
