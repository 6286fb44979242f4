import Messaging

/// When a time zone's clocks change, and what its clocks show.
///
/// The changes come from outside: the program reads them once at its start from Foundation's
/// `nextDaylightSavingTimeTransition`, which knows them, and passes them on as a value. Only the
/// rules for the missing and the doubled hour are ours. Before the first change the offset given
/// for it holds without end, after the last change that one's does.
public struct ClockChanges: Equatable, Sendable {
  /// One change of the clocks.
  public struct Change: Equatable, Sendable {
    /// The first instant of the new time.
    public var at: Instant
    /// What the clocks are ahead of UTC from then on, in seconds; negative where they are behind.
    public var offsetSeconds: Int

    /// Makes a change.
    public init(at: Instant, offsetSeconds: Int) {
      self.at = at
      self.offsetSeconds = offsetSeconds
    }
  }

  /// What the clocks of a place show at an instant.
  public struct LocalTime: Equatable, Sendable {
    /// The day on the calendar there.
    public var date: CivilDate
    /// The minute of the day, from 0 to 1,439, as the clock shows it.
    public var minute: Int
    /// The second of the minute, from 0 to 59.
    public var second: Int

    /// Makes a local time.
    public init(date: CivilDate, minute: Int, second: Int = 0) {
      self.date = date
      self.minute = minute
      self.second = second
    }
  }

  /// A span of one offset, up to the next change.
  private struct Span: Equatable, Sendable {
    var start: Int64
    var offset: Int64
    /// The end on the clock of the span itself, not included.
    var localEnd: Int64
  }

  private let spans: [Span]

  /// Makes the clocks of a zone that is `offsetSeconds` ahead of UTC before its first change.
  ///
  /// Changes may come in any order; between two of them must lie more than the clocks are moved,
  /// which is so everywhere. No changes make a zone of one offset.
  public init(offsetSeconds: Int, changes: [Change] = []) {
    let sorted = changes.sorted { $0.at < $1.at }
    let starts = [Int64.min] + sorted.map(\.at.milliseconds)
    let offsets = ([offsetSeconds] + sorted.map(\.offsetSeconds)).map { Int64($0) * 1000 }
    spans = starts.indices.map { index in
      let end = index + 1 < starts.count ? starts[index + 1] + offsets[index] : .max
      return Span(start: starts[index], offset: offsets[index], localEnd: end)
    }
  }

  /// The clocks of Greenwich in winter, all year.
  public static var utc: ClockChanges { ClockChanges(offsetSeconds: 0) }

  /// What the clocks show at `instant`.
  public func localTime(of instant: Instant) -> LocalTime {
    // No clock is a hundred million years fast; the bound keeps the sums from overflowing.
    let utc = max(-(1 << 62), min(instant.milliseconds, 1 << 62))
    let local = utc + spans[firstIndex { $0.start > utc } - 1].offset
    let day = (local >= 0 ? local : local - 86_399_999) / 86_400_000
    let seconds = Int(local - day * 86_400_000) / 1000
    return LocalTime(
      date: CivilDate(daysSince1970: Int(day)), minute: seconds / 60, second: seconds % 60)
  }

  /// The instant at which the clocks of `date` first show the minute of the day.
  ///
  /// A minute that the clocks leap over gives the instant of the leap, the first valid minute after
  /// it; one that they show twice gives the first of the two. Minute 1,440 is the end of the day.
  public func instant(of date: CivilDate, minute: Int) -> Instant {
    let local = Int64(date.daysSince1970) * 86_400_000 + Int64(minute) * 60_000
    let span = spans[firstIndex { local < $0.localEnd }]
    return Instant(milliseconds: max(local - span.offset, span.start))
  }

  /// Whether the clocks change after the first instant of the day and before its end.
  public func hasChange(on date: CivilDate) -> Bool {
    let start = instant(of: date, minute: 0)
    return instant(of: date + 1, minute: 0) - start != .days(1)
  }

  /// The first span that fits, where all after it fit too; the last if none does.
  private func firstIndex(where fits: (Span) -> Bool) -> Int {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if fits(spans[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
