import Dispatch
import Synchronization

/// A thread that repeats one step until it is told to stop.
///
/// The step says how long it may sleep when there was nothing to do; the bell wakes it earlier.
final class WorkLoop: Sendable {
  private let bell: Doorbell
  private let isStopping = Mutex(false)
  private let finished = DispatchGroup()
  private let now: @Sendable () -> ContinuousClock.Instant
  private let lastBeat: Mutex<ContinuousClock.Instant>

  /// Starts the loop.
  ///
  /// - Parameters:
  ///   - name: The thread's name, for debuggers.
  ///   - bell: Rings when there may be work.
  ///   - now: The clock that beats are read from.
  ///   - step: Does some of the work, and returns how many milliseconds to sleep: 0 for none.
  init(
    name: String, bell: Doorbell,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    step: @escaping @Sendable () -> Int
  ) {
    self.bell = bell
    self.now = now
    lastBeat = Mutex(now())
    DispatchQueue(label: name).async(group: finished) { self.run(step) }
  }

  private func run(_ step: () -> Int) {
    while !isStopping.withLock({ $0 }) {
      beat()
      let pause = step()
      if pause > 0 { bell.wait(milliseconds: pause) }
    }
  }

  /// Whether it has begun a step within the last 30 seconds; false when a step does not come back.
  var isTurning: Bool { now() - lastBeat.withLock { $0 } < .seconds(30) }

  private func beat() {
    let now = now()
    lastBeat.withLock { $0 = now }
  }

  /// Asks the loop to end after the step that is running, and waits for that.
  func stop() {
    isStopping.withLock { $0 = true }
    bell.ring()
    finished.wait()
  }
}
