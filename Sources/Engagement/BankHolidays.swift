import Messaging

/// A nation of the United Kingdom, spelled as in the configuration.
public enum Nation: String, CaseIterable, Sendable {
  /// England, whose bank holidays are those of Wales.
  case england = "England"
  /// Wales, whose bank holidays are those of England.
  case wales = "Wales"
  /// Scotland.
  case scotland = "Scotland"
  /// Northern Ireland.
  case northernIreland = "Northern Ireland"
}

/// A bank holiday as GOV.UK lists it.
public struct BankHoliday: Hashable, Sendable {
  /// The day that is kept.
  public var date: CivilDate
  /// What it is for, such as `Boxing Day`.
  public var name: String
  /// Whether it is kept instead of a day that falls on a weekend or on another holiday.
  public var isSubstitute: Bool

  /// Makes a bank holiday.
  public init(date: CivilDate, name: String, isSubstitute: Bool = false) {
    self.date = date
    self.name = name
    self.isSubstitute = isSubstitute
  }
}

/// The days on which a nation keeps a bank holiday, from 1996 to 2099.
///
/// Worked out from the rules, with the one-off days that have been proclaimed up to 2026; a later
/// one is given in the configuration. Sources: Banking and Financial Dealings Act 1971, Schedule 1;
/// St Andrew's Day Bank Holiday (Scotland) Act 2007; <https://www.gov.uk/bank-holidays>.
public struct BankHolidays: Equatable, Sendable {
  /// The years that are known.
  public static let years = 1996...2099

  /// The nation whose holidays these are.
  public let nation: Nation

  /// The days in days since 1970, in order.
  private let days: [Int]
  /// The days and the weekend days that others stand for, in order.
  private let daysWithFeasts: [Int]

  /// Works out all the holidays of a nation, with `extra` days beside them.
  ///
  /// That is work for the start of the program; asking afterwards costs next to nothing.
  public init(nation: Nation, extra: [CivilDate] = []) {
    self.nation = nation
    let extraDays = extra.map(\.daysSince1970)
    let kept = Self.years.flatMap { Self.list(in: $0, nation: nation) }.map(\.date.daysSince1970)
    let feasts = Self.years.flatMap { HolidayRules.fixedDays(in: $0, nation: nation) }
      .map(\.date).filter { $0.month == 12 || $0.month == 1 }.map(\.daysSince1970)
    days = Set(kept + extraDays).sorted()
    daysWithFeasts = Set(kept + extraDays + feasts).sorted()
  }

  /// Whether GOV.UK's list, or the configuration, has the day.
  public func contains(_ date: CivilDate) -> Bool { Self.contains(date, in: days) }

  /// Whether the day is a holiday, or Christmas or New Year itself where they fall on a weekend.
  ///
  /// When Boxing Day is a Saturday the list has only the Monday after it, but by the Act the
  /// Saturday is a bank holiday too, and nobody wants a poll on Christmas Day.
  public func containsFeast(_ date: CivilDate) -> Bool { Self.contains(date, in: daysWithFeasts) }

  /// The holidays of one year as GOV.UK lists them, in order; empty outside `years`.
  public static func list(in year: Int, nation: Nation) -> [BankHoliday] {
    guard years.contains(year) else { return [] }
    let list = HolidayRules.substituted(HolidayRules.fixedDays(in: year, nation: nation))
    let movable = HolidayRules.movableDays(in: year, nation: nation)
    return (list + movable + OneOffHolidays.list(in: year, nation: nation))
      .sorted { $0.date < $1.date }
  }

  private static func contains(_ date: CivilDate, in days: [Int]) -> Bool {
    var low = 0
    var high = days.count
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < date.daysSince1970 { low = middle + 1 } else { high = middle }
    }
    return low < days.count && days[low] == date.daysSince1970
  }
}
