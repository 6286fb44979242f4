import Gateway
import Messaging
import Support
import Synchronization

/// A clock that moves only when it is told to, and chance that a seed decides.
final class DiskClock: Sendable {
  private let state: Mutex<(now: Instant, random: SplitMix64)>

  /// Makes a clock that stands at `now`.
  init(now: Instant = DiskWorld.start, seed: UInt64) {
    state = Mutex((now, SplitMix64(seed: seed)))
  }

  /// The time.
  var now: Instant { state.withLock { $0.now } }

  /// Lets time go by.
  func advance(_ span: Duration) {
    state.withLock { $0.now = $0.now + span }
  }

  /// What the steps see of it.
  var environment: Environment {
    Environment(
      now: { self.now }, monotonic: { self.now.milliseconds },
      random: { self.state.withLock { $0.random.next() } })
  }
}
