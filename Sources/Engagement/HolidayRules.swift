import Messaging

/// The yearly rules of bank holidays, without the days that were proclaimed once.
enum HolidayRules {
  /// The holidays of a fixed day of the month, on that day even where it is on a weekend.
  static func fixedDays(in year: Int, nation: Nation) -> [BankHoliday] {
    var days = [(1, 1, "New Year's Day")]
    switch nation {
    case .england, .wales: break
    case .scotland:
      days.append((1, 2, "2nd January"))
      if year >= 2007 { days.append((11, 30, "St Andrew's Day")) }
    case .northernIreland:
      days += [(3, 17, "St Patrick's Day"), (7, 12, "Battle of the Boyne (Orangemen's Day)")]
    }
    days += [(12, 25, "Christmas Day"), (12, 26, "Boxing Day")]
    return days.compactMap { month, day, name in
      CivilDate(year: year, month: month, day: day).map { BankHoliday(date: $0, name: name) }
    }
  }

  /// The days that are kept for `days`, which come in order.
  ///
  /// One on a weekend is kept on the next weekday that is not a holiday itself: with Christmas Day
  /// on a Sunday, Boxing Day is kept on the Monday and Christmas Day on the Tuesday.
  static func substituted(_ days: [BankHoliday]) -> [BankHoliday] {
    var taken = Set(days.map(\.date).filter { !isWeekend($0) })
    return days.map { holiday in
      guard isWeekend(holiday.date) else { return holiday }
      var date = holiday.date
      while isWeekend(date) || taken.contains(date) { date = date + 1 }
      taken.insert(date)
      return BankHoliday(date: date, name: holiday.name, isSubstitute: true)
    }
  }

  /// The holidays by Easter and by Mondays.
  static func movableDays(in year: Int, nation: Nation) -> [BankHoliday] {
    guard let easter = easter(in: year), let may = CivilDate(year: year, month: 5, day: 1),
      let june = CivilDate(year: year, month: 6, day: 1),
      let august = CivilDate(year: year, month: 8, day: 1),
      let september = CivilDate(year: year, month: 9, day: 1)
    else { return [] }
    var days = [BankHoliday(date: easter + -2, name: "Good Friday")]
    if nation != .scotland { days.append(BankHoliday(date: easter + 1, name: "Easter Monday")) }
    let moved = OneOffHolidays.moved(in: year)
    let earlyMay = firstMonday(from: may)
    days.append(BankHoliday(date: moved[earlyMay] ?? earlyMay, name: "Early May bank holiday"))
    let spring = firstMonday(from: june) + -7
    days.append(BankHoliday(date: moved[spring] ?? spring, name: "Spring bank holiday"))
    let summer = nation == .scotland ? firstMonday(from: august) : firstMonday(from: september) + -7
    days.append(BankHoliday(date: summer, name: "Summer bank holiday"))
    return days
  }

  /// Easter Sunday of the Gregorian calendar.
  ///
  /// The method of "A New York correspondent" of 1876, in Meeus, Astronomical Algorithms, ch. 8.
  static func easter(in year: Int) -> CivilDate? {
    let golden = year % 19
    let century = year / 100
    let yearOfCentury = year % 100
    let correction = (century + 8) / 25
    let moon = (century - correction + 1) / 3
    let epact = (19 * golden + century - century / 4 - moon + 15) % 30
    let weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
    let shift = (golden + 11 * epact + 22 * weekday) / 451
    let sum = epact + weekday - 7 * shift + 114
    return CivilDate(year: year, month: sum / 31, day: sum % 31 + 1)
  }

  private static func firstMonday(from date: CivilDate) -> CivilDate {
    date + (8 - date.weekday.rawValue) % 7
  }

  private static func isWeekend(_ date: CivilDate) -> Bool {
    date.weekday == .saturday || date.weekday == .sunday
  }
}
