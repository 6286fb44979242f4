import Engagement
import Messaging
import Testing

@Suite struct ClockChangesTests {
  @Test func `every minute of every change day from 1996 to 2099 is that of Foundation`() throws {
    let london = try #require(London.shared)
    #expect(london.changes.count == 208)
    let clock = london.clock
    for change in london.changes {
      let date = clock.localTime(of: change.at).date
      var first: [Int: Instant] = [:]
      var instant = change.at - .hours(3)
      while instant < change.at + .days(1) {
        let offset = london.offset(at: instant)
        let local = (instant + offset).milliseconds
        let (day, rest) = local.quotientAndRemainder(dividingBy: 86_400_000)
        let minute = Int(rest / 60_000)
        let expected = ClockChanges.LocalTime(
          date: CivilDate(daysSince1970: Int(day)), minute: minute)
        if clock.localTime(of: instant) != expected { Issue.record("\(instant.iso8601)") }
        if expected.date == date, first[minute] == nil { first[minute] = instant }
        instant = instant + .minutes(1)
      }
      #expect(clock.hasChange(on: date))
      #expect(!clock.hasChange(on: date + 1))
      for minute in 0..<1440 {
        // A minute that is leapt over gives the first that is not.
        let valid = (minute..<1440).lazy.compactMap { first[$0] }.first
        if clock.instant(of: date, minute: minute) != valid {
          Issue.record("\(date.iso8601) minute \(minute)")
        }
      }
      let end = clock.instant(of: date, minute: 1440)
      #expect(end == clock.instant(of: date + 1, minute: 0))
    }
  }

  @Test func `a leapt minute is the first after the leap, a doubled one the first of the two`()
    throws
  {
    let clock = try #require(London.shared).clock
    let spring = try #require(CivilDate(year: 2027, month: 3, day: 28))
    #expect(clock.instant(of: spring, minute: 59).iso8601 == "2027-03-28T00:59:00Z")
    #expect(clock.instant(of: spring, minute: 60).iso8601 == "2027-03-28T01:00:00Z")
    #expect(clock.instant(of: spring, minute: 90).iso8601 == "2027-03-28T01:00:00Z")
    #expect(clock.instant(of: spring, minute: 120).iso8601 == "2027-03-28T01:00:00Z")
    #expect(clock.instant(of: spring, minute: 121).iso8601 == "2027-03-28T01:01:00Z")
    let autumn = try #require(CivilDate(year: 2026, month: 10, day: 25))
    #expect(clock.instant(of: autumn, minute: 90).iso8601 == "2026-10-25T00:30:00Z")
    #expect(clock.instant(of: autumn, minute: 120).iso8601 == "2026-10-25T02:00:00Z")
  }

  @Test func `a daily schedule comes exactly once a day for a hundred years`() throws {
    let clock = try #require(London.shared).clock
    let start = try #require(CivilDate(year: 1999, month: 1, day: 1))
    for minute in [0, 59, 60, 90, 119, 120, 540, 1439] {
      var last = clock.instant(of: start, minute: minute)
      for day in 1...36_525 {
        let next = clock.instant(of: start + day, minute: minute)
        let gap = next - last
        if gap < .hours(23) || gap > .hours(25) || clock.localTime(of: next).date != start + day {
          Issue.record("\((start + day).iso8601) minute \(minute)")
        }
        last = next
      }
    }
  }

  @Test func `a zone without changes has one offset for ever`() throws {
    let kolkata = ClockChanges(offsetSeconds: 19_800)
    let instant = try #require(Instant(iso8601: "1969-12-31T18:29:59Z"))
    let day = try #require(CivilDate(year: 1969, month: 12, day: 31))
    #expect(kolkata.localTime(of: instant) == .init(date: day, minute: 1439, second: 59))
    #expect(kolkata.instant(of: day, minute: 1439) == instant - .seconds(59))
    #expect(!kolkata.hasChange(on: day))
    #expect(ClockChanges.utc.localTime(of: instant).minute == 18 * 60 + 29)
  }

  @Test func `a zone behind UTC whose clocks change at midnight`() throws {
    // Azores, 2026: at 01:00 UTC the clocks go from 00:00 to 01:00 and back from 01:00 to 00:00.
    let spring = try #require(Instant(iso8601: "2026-03-29T01:00:00Z"))
    let autumn = try #require(Instant(iso8601: "2026-10-25T01:00:00Z"))
    let azores = ClockChanges(
      offsetSeconds: -3600,
      changes: [.init(at: autumn, offsetSeconds: -3600), .init(at: spring, offsetSeconds: 0)])
    let springDay = try #require(CivilDate(year: 2026, month: 3, day: 29))
    #expect(azores.instant(of: springDay, minute: 0) == spring)
    #expect(azores.localTime(of: spring) == .init(date: springDay, minute: 60))
    #expect(azores.localTime(of: spring - .seconds(1)).date == springDay + -1)
    let autumnDay = try #require(CivilDate(year: 2026, month: 10, day: 25))
    #expect(azores.instant(of: autumnDay, minute: 0) == autumn - .hours(1))
    #expect(azores.hasChange(on: springDay))
    #expect(azores.hasChange(on: autumnDay))
  }

  @Test(arguments: [Int64.min, Int64.max])
  func `the ends of time do no harm`(milliseconds: Int64) throws {
    let clock = try #require(London.shared).clock
    #expect((0..<1440).contains(clock.localTime(of: Instant(milliseconds: milliseconds)).minute))
  }
}
