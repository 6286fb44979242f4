/// A day of the Gregorian calendar, without a time and without a time zone.
///
/// The calendar is extended backwards without end, as in ISO 8601. The arithmetic is that of
/// <https://howardhinnant.github.io/date_algorithms.html>: no tables and no Foundation.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// The days of the week, numbered as in ISO 8601: Monday is 1, Sunday 7.
  public enum Weekday: Int, CaseIterable, Sendable {
    case monday = 1
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday
    case sunday
  }

  /// Whole days since 1 January 1970; negative before it.
  public let daysSince1970: Int

  /// Makes the day that lies `daysSince1970` days after 1 January 1970.
  ///
  /// Any number of days that an `Instant` can hold is in range.
  public init(daysSince1970: Int) {
    self.daysSince1970 = daysSince1970
  }

  /// Makes the day of the given year, month and day; nil where the calendar has no such day.
  ///
  /// Years run from -9,999 to 9,999, months from 1 to 12, days from 1 to the end of the month.
  public init?(year: Int, month: Int, day: Int) {
    guard (-9999...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, in: year)
    else { return nil }
    // Years are counted from March, so that the leap day is the last of its year.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSince1970 = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `2026-11-21`; nil for anything else, also for a day that the calendar has not.
  public init?(iso8601 text: String) {
    var reader = DigitReader(text, limit: 10)
    guard let date = reader.date(), reader.isAtEnd else { return nil }
    self = date
  }

  /// The year, the month from 1 to 12 and the day of the month from 1.
  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The year; 0 is the year before 1.
  public var year: Int { parts.year }

  /// The month, from 1 to 12.
  public var month: Int { parts.month }

  /// The day of the month, from 1.
  public var day: Int { parts.day }

  /// The day of the week.
  public var weekday: Weekday {
    let sinceMonday = (daysSince1970 % 7 + 7 + 3) % 7
    return Weekday(rawValue: sinceMonday + 1) ?? .monday
  }

  /// The day written as in ISO 8601, such as `2026-11-21`.
  ///
  /// A year beyond four digits gets a sign and at least six digits, which `init(iso8601:)` does
  /// not read.
  public var iso8601: String {
    let (year, month, day) = parts
    let written =
      (0...9999).contains(year)
      ? padded(year, to: 4) : (year < 0 ? "-" : "+") + padded(abs(year), to: 6)
    return written + "-" + padded(month, to: 2) + "-" + padded(day, to: 2)
  }

  /// Whether the left day lies before the right one.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.daysSince1970 < right.daysSince1970
  }

  /// The day that lies `count` days later.
  public static func + (date: CivilDate, count: Int) -> CivilDate {
    CivilDate(daysSince1970: date.daysSince1970 + count)
  }

  /// How many days the month has; the month is one from 1 to 12.
  static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A number that is not negative, with noughts before it up to the width.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
