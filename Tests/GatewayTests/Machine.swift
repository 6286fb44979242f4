import Gateway
import Messaging
import Synchronization

/// A clock that moves only when it is told to, and chance that a seed decides.
final class Machine: Sendable {
  private struct State {
    var now: Instant
    var monotonic: Int64 = 0
    var randomness: Randomness
  }

  private let state: Mutex<State>

  init(now: Instant, seed: UInt64) {
    state = Mutex(State(now: now, randomness: Randomness(seed: seed)))
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

/// A small seeded source of random numbers, so that a failing test fails again (SplitMix64).
struct Randomness: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
