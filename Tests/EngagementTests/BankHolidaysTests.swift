import Messaging
import Testing

@testable import Engagement

@Suite struct BankHolidaysTests {
  /// The lists of <https://www.gov.uk/bank-holidays>, a year a line, as month and day.
  static let englandAndWales = """
    2019 0101 0419 0422 0506 0527 0826 1225 1226
    2020 0101 0410 0413 0508 0525 0831 1225 1228
    2021 0101 0402 0405 0503 0531 0830 1227 1228
    2022 0103 0415 0418 0502 0602 0603 0829 0919 1226 1227
    2023 0102 0407 0410 0501 0508 0529 0828 1225 1226
    2024 0101 0329 0401 0506 0527 0826 1225 1226
    2025 0101 0418 0421 0505 0526 0825 1225 1226
    2026 0101 0403 0406 0504 0525 0831 1225 1228
    2027 0101 0326 0329 0503 0531 0830 1227 1228
    2028 0103 0414 0417 0501 0529 0828 1225 1226
    """
  static let scotland = """
    2019 0101 0102 0419 0506 0527 0805 1202 1225 1226
    2020 0101 0102 0410 0508 0525 0803 1130 1225 1228
    2021 0101 0104 0402 0503 0531 0802 1130 1227 1228
    2022 0103 0104 0415 0502 0602 0603 0801 0919 1130 1226 1227
    2023 0102 0103 0407 0501 0508 0529 0807 1130 1225 1226
    2024 0101 0102 0329 0506 0527 0805 1202 1225 1226
    2025 0101 0102 0418 0505 0526 0804 1201 1225 1226
    2026 0101 0102 0403 0504 0525 0615 0803 1130 1225 1228
    2027 0101 0104 0326 0503 0531 0802 1130 1227 1228
    2028 0103 0104 0414 0501 0529 0807 1130 1225 1226
    """
  static let northernIreland = """
    2019 0101 0318 0419 0422 0506 0527 0712 0826 1225 1226
    2020 0101 0317 0410 0413 0508 0525 0713 0831 1225 1228
    2021 0101 0317 0402 0405 0503 0531 0712 0830 1227 1228
    2022 0103 0317 0415 0418 0502 0602 0603 0712 0829 0919 1226 1227
    2023 0102 0317 0407 0410 0501 0508 0529 0712 0828 1225 1226
    2024 0101 0318 0329 0401 0506 0527 0712 0826 1225 1226
    2025 0101 0317 0418 0421 0505 0526 0714 0825 1225 1226
    2026 0101 0317 0403 0406 0504 0525 0713 0831 1225 1228
    2027 0101 0317 0326 0329 0503 0531 0712 0830 1227 1228
    2028 0103 0317 0414 0417 0501 0529 0712 0828 1225 1226
    """

  @Test(arguments: [
    (Nation.england, englandAndWales), (.wales, englandAndWales), (.scotland, scotland),
    (.northernIreland, northernIreland),
  ])
  func `the holidays of ten years are those of the government's list`(
    nation: Nation, list: String
  ) throws {
    let holidays = BankHolidays(nation: nation)
    for line in list.split(separator: "\n") {
      let fields = line.split(separator: " ").map(String.init)
      let year = try #require(Int(fields[0]))
      let days = BankHolidays.list(in: year, nation: nation).map(\.date)
      #expect(days.map { digits($0.month) + digits($0.day) } == Array(fields.dropFirst()))
      let first = try #require(CivilDate(year: year, month: 1, day: 1))
      let length = CivilDate(year: year, month: 2, day: 29) == nil ? 365 : 366
      #expect((0..<length).map { first + $0 }.filter(holidays.contains) == days)
    }
  }

  @Test(arguments: [
    ("1999-12-31", "Millennium bank holiday"), ("2002-06-03", "Golden Jubilee bank holiday"),
    ("2002-06-04", "Spring bank holiday"), ("2011-04-29", "Royal wedding bank holiday"),
    ("2012-06-04", "Spring bank holiday"), ("2012-06-05", "Diamond Jubilee bank holiday"),
    ("2022-12-26", "Boxing Day"), ("2022-12-27", "Christmas Day"),
  ])
  func `a holiday says what it is for`(text: String, name: String) throws {
    let date = try #require(CivilDate(iso8601: text))
    for nation in Nation.allCases {
      let holiday = BankHolidays.list(in: date.year, nation: nation).first { $0.date == date }
      #expect(holiday?.name == name)
      #expect(holiday?.isSubstitute == (text == "2022-12-27"))
    }
  }

  @Test(arguments: ["2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30", "2021-12-25"])
  func `a day that was moved is no holiday`(text: String) throws {
    let date = try #require(CivilDate(iso8601: text))
    for nation in Nation.allCases { #expect(!BankHolidays(nation: nation).contains(date)) }
  }

  @Test func `Saint Andrew's Day is kept from 2007 on`() throws {
    let scotland = BankHolidays(nation: .scotland)
    #expect(!scotland.contains(try #require(CivilDate(year: 2006, month: 11, day: 30))))
    #expect(scotland.contains(try #require(CivilDate(year: 2007, month: 11, day: 30))))
  }

  @Test(arguments: Nation.allCases)
  func `no holiday of any year is on a weekend or twice`(nation: Nation) {
    let usual = [Nation.england: 8, .wales: 8, .scotland: 9, .northernIreland: 10]
    for year in BankHolidays.years where year > 2006 {
      let days = BankHolidays.list(in: year, nation: nation).map(\.date)
      #expect(days.allSatisfy { $0.weekday.rawValue < 6 && $0.year == year })
      #expect(Set(days).count == days.count)
      #expect(days.count >= usual[nation] ?? 0)
    }
    #expect(BankHolidays.list(in: 1995, nation: nation).isEmpty)
    #expect(BankHolidays.list(in: 2100, nation: nation).isEmpty)
  }

  @Test func `Christmas on a Saturday is a feast beside the Monday that is kept for it`() throws {
    let england = BankHolidays(nation: .england)
    for text in ["2021-12-25", "2021-12-26", "2026-12-26", "2023-01-01"] {
      let date = try #require(CivilDate(iso8601: text))
      #expect(!england.contains(date))
      #expect(england.containsFeast(date))
    }
    let saintAndrew = try #require(CivilDate(year: 2024, month: 11, day: 30))
    #expect(!BankHolidays(nation: .scotland).containsFeast(saintAndrew))
  }

  @Test func `a day of the configuration is a holiday`() throws {
    let date = try #require(CivilDate(year: 2031, month: 7, day: 9))
    #expect(!BankHolidays(nation: .wales).contains(date))
    let holidays = BankHolidays(nation: .wales, extra: [date, date])
    #expect(holidays.contains(date))
    #expect(holidays.containsFeast(date))
    #expect(holidays.nation == .wales)
  }

  @Test func `Easter is where Gauss puts it`() throws {
    for year in 1900...2099 {
      let golden = year % 19
      let moon = (19 * golden + 24) % 30
      let sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
      var marchDay = 22 + moon + sunday
      if moon == 29, sunday == 6 { marchDay = 50 }
      if moon == 28, sunday == 6, golden > 10 { marchDay = 49 }
      let march = try #require(CivilDate(year: year, month: 3, day: 1))
      #expect(HolidayRules.easter(in: year) == march + (marchDay - 1))
    }
    #expect(HolidayRules.easter(in: 2038)?.iso8601 == "2038-04-25")
    #expect(HolidayRules.easter(in: 2008)?.iso8601 == "2008-03-23")
  }

  private func digits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}
