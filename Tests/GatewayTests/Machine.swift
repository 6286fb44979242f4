import Gateway
import Messaging
import Support
import Synchronization

/// A clock that moves only when it is told to, and chance that a seed decides.
final class Machine: Sendable {
  private struct State {
    var now: Instant
    var monotonic: Int64 = 0
    var randomness: SplitMix64
  }

  private let state: Mutex<State>

  init(now: Instant, seed: UInt64) {
    state = Mutex(State(now: now, randomness: SplitMix64(seed: seed)))
  }

  var now: Instant { state.withLock { $0.now } }

  /// Lets both clocks go on.
  func advance(_ span: Duration) {
    state.withLock { state in
      state.now = state.now + span
      state.monotonic += span.milliseconds
    }
  }

  /// Sets the wall clock, as a person or the network's time does.
  func step(wallBy span: Duration) {
    state.withLock { $0.now = $0.now + span }
  }

  var environment: Environment {
    Environment(
      now: { self.now }, monotonic: { self.state.withLock { $0.monotonic } },
      random: { self.state.withLock { $0.randomness.next() } })
  }
}
