import Messaging
import Synchronization

/// What the steps may know of the machine: the time, new ids, chance.
///
/// Built once by the program, plainly by tests and by the simulation; nothing below reads a clock
/// or draws a random number by itself.
public struct Environment: Sendable {
  /// The wall clock.
  public var now: @Sendable () -> Instant
  /// A clock that never steps, for waits and rates; milliseconds from any start.
  public var monotonic: @Sendable () -> Int64
  /// 64 random bits.
  public var random: @Sendable () -> UInt64
  private let ids = IDSequence()

  /// Makes an environment from its three sources.
  public init(
    now: @escaping @Sendable () -> Instant, monotonic: @escaping @Sendable () -> Int64,
    random: @escaping @Sendable () -> UInt64
  ) {
    self.now = now
    self.monotonic = monotonic
    self.random = random
  }

  /// A new id for a record made at `instant`.
  ///
  /// Of two made one after the other in the same millisecond the second sorts after the first: what
  /// one turn says, and the answers to texts that are handled together, go out in order.
  public func newID(at instant: Instant) -> RecordID {
    ids.next(RecordID(at: instant, random: (random(), random())))
  }
}

/// The last id that was made, so that the next of the same millisecond sorts after it.
private final class IDSequence: Sendable {
  private let last = Mutex<RecordID?>(nil)

  /// `fresh`, or the id after the last one where that is of the same millisecond.
  func next(_ fresh: RecordID) -> RecordID {
    last.withLock { last in
      let isSameInstant = last.map { $0.high >> 16 == fresh.high >> 16 } ?? false
      let id = isSameInstant ? last?.next ?? fresh : fresh
      last = id
      return id
    }
  }
}
