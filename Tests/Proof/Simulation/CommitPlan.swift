import SQLite
import Support
import Synchronization

/// What becomes of the next commits: how long the disk takes, and whether the process dies first.
final class CommitPlan: Sendable {
  private struct State {
    var failsNext = false
    var slowness = 0.0
    var chance: SplitMix64
  }

  private let state: Mutex<State>
  private let clock: SimulatedClock

  init(clock: SimulatedClock, chance: SplitMix64) {
    self.clock = clock
    state = Mutex(State(chance: chance))
  }

  /// How often a flush is slow, from 0 to 1.
  func slow(_ share: Double) {
    state.withLock { $0.slowness = share }
  }

  /// Whether the process dies just before the next commit.
  func fail(_ fails: Bool) {
    state.withLock { $0.failsNext = fails }
  }

  /// Called before each commit.
  func next() throws(SQLiteError) {
    let (fails, delay) = state.withLock { state in
      let isSlow = state.slowness > 0 && state.chance.happens(state.slowness / 10)
      let delay = isSlow ? state.chance.span(10...20_000) : state.chance.within(0...2)
      return (state.failsNext, delay)
    }
    clock.pass(delay)
    guard fails else { return }
    throw SQLiteError(code: 10, message: "the process dies here", statement: "COMMIT")
  }
}
