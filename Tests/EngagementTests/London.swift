import Engagement
import Foundation
import Messaging

/// London's clocks as Foundation knows them, which the tests compare ours with.
struct London {
  let zone: TimeZone
  let changes: [ClockChanges.Change]

  /// Read once for all tests.
  static let shared = London()

  /// Reads the changes from 1996 to 2099; nil on a machine without time zones.
  private init?() {
    guard let zone = TimeZone(identifier: "Europe/London") else { return nil }
    self.zone = zone
    var changes: [ClockChanges.Change] = []
    var date = Date(timeIntervalSince1970: 820_454_400)
    while let next = zone.nextDaylightSavingTimeTransition(after: date),
      next.timeIntervalSince1970 < 4_102_444_800
    {
      let instant = Instant(milliseconds: Int64(next.timeIntervalSince1970) * 1000)
      changes.append(.init(at: instant, offsetSeconds: zone.secondsFromGMT(for: next)))
      date = next
    }
    self.changes = changes
  }

  var clock: ClockChanges { ClockChanges(offsetSeconds: 0, changes: changes) }

  /// Foundation's offset at an instant.
  func offset(at instant: Instant) -> Duration {
    let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
    return .seconds(zone.secondsFromGMT(for: date))
  }
}
