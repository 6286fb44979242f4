import Gateway
import Messaging
import Support
import Synchronization

/// The time of the simulation: the true one, which nothing steps, and what the machine's wall clock
/// shows.
final class SimulatedClock: Sendable {
  private struct State {
    var now: Int64
    var offset: Int64 = 0
    var chance: SplitMix64
  }

  private let state: Mutex<State>

  init(now: Int64, chance: SplitMix64) {
    state = Mutex(State(now: now, chance: chance))
  }

  /// The true time, in milliseconds since 1970.
  var now: Int64 { state.withLock { $0.now } }

  /// What the wall clock is ahead of the true time, in milliseconds.
  var offset: Int64 { state.withLock { $0.offset } }

  /// What the wall clock shows.
  var wall: Instant { state.withLock { Instant(milliseconds: $0.now + $0.offset) } }

  /// Lets time go on to that millisecond, unless it has passed already.
  func reach(_ time: Int64) {
    state.withLock { $0.now = max($0.now, time) }
  }

  /// Lets time go on by that many milliseconds.
  func pass(_ span: Int64) {
    state.withLock { $0.now += span }
  }

  /// Sets the wall clock apart from the true time.
  func step(to offset: Int64) {
    state.withLock { $0.offset = offset }
  }

  /// The machine as the steps see it.
  var environment: Environment {
    Environment(
      now: { self.wall }, monotonic: { self.now },
      random: { self.state.withLock { $0.chance.next() } })
  }
}
