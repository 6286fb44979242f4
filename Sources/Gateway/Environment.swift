import Engagement
import Messaging
import Store
import Synchronization

/// What the steps may know of the machine: the time, new ids, chance.
///
/// Built once by the program, plainly by tests and by the simulation; nothing below reads a clock
/// or draws a random number by itself.
public struct Environment: Sendable {
  /// The wall clock, which can be set back; for the sending hours and for signatures that age.
  public var wall: @Sendable () -> Instant
  /// A clock that never steps, for rates; milliseconds from any start.
  public var monotonic: @Sendable () -> Int64
  /// 64 random bits.
  public var random: @Sendable () -> UInt64
  private let clock = SteadyClock()
  private let ids = IDSequence()

  /// Makes an environment from its three sources: the wall clock, the one that never steps, chance.
  public init(
    now wall: @escaping @Sendable () -> Instant, monotonic: @escaping @Sendable () -> Int64,
    random: @escaping @Sendable () -> UInt64
  ) {
    self.wall = wall
    self.monotonic = monotonic
    self.random = random
  }

  /// The time, for all that is stored and for every wait: the wall clock's, but never back.
  ///
  /// A wall clock that is set is followed slowly, so that neither an hour's step forward nor one
  /// back changes an order, a wait by more than a tenth, or which of two records is the later one.
  public func now() -> Instant {
    #if PLANTED
    if Planted.has("clock-goes-back") { return wall() }
    #endif
    return clock.read(wall: wall(), monotonic: monotonic())
  }

  /// Lets the time go on after everything that is stored; called once, before the first step.
  public func resume(on database: Database) throws {
    if let last = try database.read({ try $0.lastInstant() }) { clock.resume(after: last) }
  }

  /// When messages that nobody just asked for may go next, `now` if they may; nil for never.
  ///
  /// The wall clock decides, and the answer is by the clock of `now`. While the two differ it is the
  /// earlier of two guesses, after which to look again.
  func nextOpening(of hours: SendingHours, now: Instant) -> Instant? {
    let wall = wall()
    guard let opening = hours.nextOpening(from: wall) else { return nil }
    let shifted = now + (opening - wall)
    return opening > now ? min(opening, shifted) : shifted
  }

  /// A new id for a record made at `instant`.
  ///
  /// It sorts after every id made before: what one turn says, and the answers to texts that are
  /// handled together, go out in order.
  public func newID(at instant: Instant) -> RecordID {
    ids.next(RecordID(at: instant, random: (random(), random())))
  }
}

/// The last id that was made, so that the next one sorts after it.
private final class IDSequence: Sendable {
  private let last = Mutex<RecordID?>(nil)

  /// `fresh`, or the id after the last one where that is of the same millisecond or a later one.
  func next(_ fresh: RecordID) -> RecordID {
    last.withLock { last in
      let id = last.map { $0.high >> 16 < fresh.high >> 16 ? fresh : $0.next } ?? fresh
      last = id
      return id
    }
  }
}
