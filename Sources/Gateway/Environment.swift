import Messaging

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
  public func newID(at instant: Instant) -> RecordID {
    RecordID(at: instant, random: (random(), random()))
  }
}
