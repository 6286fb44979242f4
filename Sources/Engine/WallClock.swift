import Messaging

/// The clocks of the place where people live, as two functions: nothing here reads a clock.
public struct WallClock: Sendable {
  /// The day there at an instant, and the minute of the day from 0 to 1,439.
  public var localTime: @Sendable (Instant) -> (date: CivilDate, minute: Int)
  /// The instant at which the clocks of a day first show a minute of it.
  public var instant: @Sendable (CivilDate, Int) -> Instant

  /// Makes clocks from what they show and its inverse.
  public init(
    localTime: @escaping @Sendable (Instant) -> (date: CivilDate, minute: Int),
    instant: @escaping @Sendable (CivilDate, Int) -> Instant
  ) {
    self.localTime = localTime
    self.instant = instant
  }

  /// The clocks of Greenwich, without summer time.
  public static let utc = WallClock(
    localTime: { instant in
      let minutes = Int((instant.milliseconds / 60_000).clamped)
      let day = (minutes >= 0 ? minutes : minutes - 1439) / 1440
      return (CivilDate(daysSince1970: day), minutes - day * 1440)
    },
    instant: { date, minute in
      Instant(milliseconds: (Int64(date.daysSince1970) * 1440 + Int64(minute)) * 60_000)
    })
}

extension Int64 {
  /// The number, kept so far from the ends of its range that sums with it do not overflow.
  fileprivate var clamped: Int64 { Swift.max(-(1 << 50), Swift.min(self, 1 << 50)) }
}
