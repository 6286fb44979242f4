import Foundation
import Messaging
import Testing

@Suite struct CivilDateTests {
  @Test func `every day from 1600 to 2400 is the day of Foundation's calendar`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    let first = try #require(CivilDate(year: 1600, month: 1, day: 1))
    var expected = (year: 1600, month: 1, day: 1)
    for days in first.daysSince1970..<(first.daysSince1970 + 292_194) {
      let date = CivilDate(daysSince1970: days)
      let again = CivilDate(year: expected.year, month: expected.month, day: expected.day)
      if date.parts != expected || again != date { Issue.record("day \(days)") }
      if CivilDate(year: expected.year, month: expected.month, day: expected.day + 1) != nil {
        expected.day += 1
      } else {
        expected =
          expected.month == 12
          ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
      }
    }
    #expect(expected == (2400, 1, 1))
    for days in stride(from: -135_140, through: 157_054, by: 97) {
      let date = CivilDate(daysSince1970: days)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      #expect([parts.year, parts.month, parts.day] == [date.year, date.month, date.day])
      // Foundation numbers Sunday 1.
      #expect(parts.weekday == date.weekday.rawValue % 7 + 1)
    }
  }

  @Test(arguments: [
    (2026, 2, 29), (2100, 2, 29), (2026, 13, 1), (2026, 0, 1), (2026, 4, 31), (2026, 1, 0),
    (10_000, 1, 1), (-10_000, 1, 1),
  ])
  func `a day that the calendar has not is refused`(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: ["2026-11-21", "0000-01-01", "1600-02-29", "2000-12-31", "9999-12-31"])
  func `the written form comes back`(text: String) throws {
    let date = try #require(CivilDate(iso8601: text))
    #expect(date.iso8601 == text)
  }

  @Test(arguments: ["", "2026-11-2", "2026-11-211", "2026/11/21", "2026-11-31", " 2026-11-21"])
  func `another form is refused`(text: String) {
    #expect(CivilDate(iso8601: text) == nil)
  }

  @Test func `the day before the year 0 and the day after 9999 are written with a sign`() throws {
    let first = try #require(CivilDate(year: 0, month: 1, day: 1))
    let last = try #require(CivilDate(year: 9999, month: 12, day: 31))
    #expect((first + -1).iso8601 == "-000001-12-31")
    #expect((last + 1).iso8601 == "+010000-01-01")
    #expect(first < last)
  }

  @Test func `21 November 2026 is a Saturday`() throws {
    #expect(try #require(CivilDate(year: 2026, month: 11, day: 21)).weekday == .saturday)
  }
}
