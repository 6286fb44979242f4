import Engagement
import Messaging
import Testing

@testable import commonthread

@Suite struct ClockChangesTimeZoneTests {
  @Test func `London's clocks change twice a year from 1996 to 2099`() throws {
    let clock = try #require(ClockChanges(timeZone: "Europe/London"))
    let spring = try #require(Instant(iso8601: "2027-03-28T00:30:00Z"))
    #expect(clock.localTime(of: spring).minute == 30)
    #expect(clock.localTime(of: spring + .hours(1)).minute == 150)
    let changes = (1996...2099).reduce(0) { count, year in
      guard let first = CivilDate(year: year, month: 1, day: 1) else { return count }
      return count + (0..<365).filter { clock.hasChange(on: first + $0) }.count
    }
    #expect(changes == 208)
  }

  @Test func `a name that is no time zone is refused`() {
    #expect(ClockChanges(timeZone: "Europe/Londin") == nil)
  }
}
