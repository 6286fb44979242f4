/// A point in time: whole milliseconds of UTC since 1 January 1970, leap seconds ignored.
///
/// The one unit of time in the program and in its database. Pure modules never read a clock:
/// they are given an `Instant`.
public struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z; negative before it.
  public var milliseconds: Int64

  /// Makes the instant that lies `milliseconds` after 1970-01-01T00:00:00Z.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Whether the left instant lies before the right one.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The instant `span` later, cut to whole milliseconds.
  public static func + (start: Instant, span: Duration) -> Instant {
    Instant(milliseconds: start.milliseconds + span.milliseconds)
  }

  /// The instant `span` earlier, cut to whole milliseconds.
  public static func - (start: Instant, span: Duration) -> Instant {
    Instant(milliseconds: start.milliseconds - span.milliseconds)
  }

  /// The time from the right instant to the left one; negative when the left lies before it.
  public static func - (end: Instant, start: Instant) -> Duration {
    .milliseconds(end.milliseconds - start.milliseconds)
  }
}

extension Duration {
  /// This span in whole milliseconds, the rest cut off.
  public var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }

  /// A span of whole minutes.
  public static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }

  /// A span of whole hours of 3,600 seconds.
  public static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }

  /// A span of whole days of 24 hours, not of calendar days.
  public static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}
