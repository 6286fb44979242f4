import Messaging
import Synchronization

/// The time that everything stored and every wait goes by: the wall clock's, but never back.
///
/// Where the wall clock is set, this one goes on a tenth faster or slower than time itself until the
/// two agree again, so that order holds and every wait is right to a tenth. Only a wall clock that
/// is more than four hours ahead, as after a machine that stood still, is followed at once.
final class SteadyClock: Sendable {
  private struct State {
    /// The last time read, in microseconds since 1970.
    var time = Int64.min
    /// When that was, by the clock that never steps; nil before the first reading.
    var monotonic: Int64?

    /// The time that follows.
    func next(wall: Int64, monotonic: Int64) -> Int64 {
      guard let last = self.monotonic else { return max(wall, time) }
      let elapsed = max(0, monotonic - last)
      guard wall - time - elapsed * 1000 <= SteadyClock.longestSlew else { return wall }
      return min(max(wall, time + elapsed * 900), time + elapsed * 1100)
    }
  }

  /// How far ahead the wall clock may be and not be followed at once: four hours.
  private static let longestSlew: Int64 = 4 * 3_600_000_000

  private let state = Mutex(State())

  /// The time now, of what the machine's two clocks show.
  func read(wall: Instant, monotonic: Int64) -> Instant {
    let wall = wall.milliseconds * 1000
    let time = state.withLock { state in
      state.time = state.next(wall: wall, monotonic: monotonic)
      state.monotonic = max(monotonic, state.monotonic ?? monotonic)
      return state.time
    }
    return Instant(milliseconds: time / 1000)
  }

  /// Goes on after that instant, which an earlier life of the process has seen.
  func resume(after instant: Instant) {
    state.withLock { $0.time = max($0.time, (instant.milliseconds + 1) * 1000) }
  }
}
