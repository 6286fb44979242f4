import Messaging

/// The bank holidays that were proclaimed for one year, from 1996 to those known in 2026.
///
/// Sources: the proclamations in the London, Edinburgh and Belfast Gazettes, as listed by
/// <https://www.gov.uk/bank-holidays>; for Scotland in 2026, that of 4 February 2026.
enum OneOffHolidays {
  /// The extra holidays of a year, in order; empty for most years.
  static func list(in year: Int, nation: Nation) -> [BankHoliday] {
    all.filter { $0.year == year && $0.nations.contains(nation) }.compactMap { entry in
      CivilDate(year: year, month: entry.month, day: entry.day)
        .map { BankHoliday(date: $0, name: entry.name) }
    }
  }

  /// The Mondays of a year that were moved, each with the day that was kept instead.
  static func moved(in year: Int) -> [CivilDate: CivilDate] {
    var days: [CivilDate: CivilDate] = [:]
    for (from, to) in moves {
      guard let from = CivilDate(iso8601: from), let to = CivilDate(iso8601: to),
        from.year == year
      else { continue }
      days[from] = to
    }
    return days
  }

  private struct Entry {
    var year: Int
    var month: Int
    var day: Int
    var name: String
    var nations = Nation.allCases
  }

  private static let all = [
    Entry(year: 1999, month: 12, day: 31, name: "Millennium bank holiday"),
    Entry(year: 2002, month: 6, day: 3, name: "Golden Jubilee bank holiday"),
    Entry(year: 2011, month: 4, day: 29, name: "Royal wedding bank holiday"),
    Entry(year: 2012, month: 6, day: 5, name: "Diamond Jubilee bank holiday"),
    Entry(year: 2022, month: 6, day: 3, name: "Platinum Jubilee bank holiday"),
    Entry(
      year: 2022, month: 9, day: 19,
      name: "Bank Holiday for the State Funeral of Queen Elizabeth II"
    ),
    Entry(
      year: 2023, month: 5, day: 8, name: "Bank holiday for the coronation of King Charles III"),
    Entry(year: 2026, month: 6, day: 15, name: "World Cup bank holiday", nations: [.scotland]),
  ]

  /// Early May went to the 75th anniversary of VE Day, Spring to the Jubilees.
  private static let moves = [
    ("2002-05-27", "2002-06-04"), ("2012-05-28", "2012-06-04"), ("2020-05-04", "2020-05-08"),
    ("2022-05-30", "2022-06-02"),
  ]
}
