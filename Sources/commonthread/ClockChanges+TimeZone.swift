import Engagement
import Foundation
import Messaging

extension ClockChanges {
  /// The clock changes of a time zone from 1996 to 2099, as Foundation has them; nil for a name
  /// that is no time zone.
  ///
  /// Read once at start and passed on as a value, so that nothing below looks at the machine.
  init?(timeZone name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    let start = Date(timeIntervalSince1970: 820_454_400)
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    var changes: [Change] = []
    var moment = start
    while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end {
      changes.append(
        Change(
          at: Messaging.Instant(milliseconds: Int64((next.timeIntervalSince1970 * 1000).rounded())),
          offsetSeconds: zone.secondsFromGMT(for: next)))
      moment = next
    }
    self.init(offsetSeconds: zone.secondsFromGMT(for: start), changes: changes)
  }
}
