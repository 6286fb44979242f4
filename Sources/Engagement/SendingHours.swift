import Messaging

/// The hours in which the landlord writes to people unasked.
///
/// They hold by the clocks of the landlord's zone for every message that the person did not just
/// ask for, but not for those of safety. A bank holiday has its own hours, whatever day of the week
/// it is. Start is included, end is not. In an hour that the clocks show twice, a minute within the
/// hours is open both times.
public struct SendingHours: Equatable, Sendable {
  /// The hours as the configuration has them: `09:00-20:00` or `closed` for each sort of day.
  public struct Configuration: Equatable, Sendable {
    /// Monday to Friday.
    public var weekdays: String
    /// Saturday.
    public var saturday: String
    /// Sunday.
    public var sunday: String
    /// Bank holidays of the landlord's nation.
    public var bankHolidays: String

    /// Makes a configuration; without arguments the one that holds where none is given.
    public init(
      weekdays: String = "09:00-20:00", saturday: String = "09:00-20:00",
      sunday: String = "closed", bankHolidays: String = "closed"
    ) {
      self.weekdays = weekdays
      self.saturday = saturday
      self.sunday = sunday
      self.bankHolidays = bankHolidays
    }
  }

  /// The clocks that the hours go by.
  public let clock: ClockChanges
  /// The days that have the hours of bank holidays.
  public let holidays: BankHolidays

  /// The nation whose bank holidays they are.
  public var nation: Nation { holidays.nation }

  private let weekdays: Range<Int>
  private let saturday: Range<Int>
  private let sunday: Range<Int>
  private let bankHolidays: Range<Int>

  /// Reads the hours from the configuration; the first that is wrong is thrown with its key.
  public init(
    _ configuration: Configuration = Configuration(), holidays: BankHolidays, clock: ClockChanges
  ) throws(SendingHoursError) {
    self.clock = clock
    self.holidays = holidays
    weekdays = try DayHours.minutes(configuration.weekdays, key: "sendingHours.weekdays")
    saturday = try DayHours.minutes(configuration.saturday, key: "sendingHours.saturday")
    sunday = try DayHours.minutes(configuration.sunday, key: "sendingHours.sunday")
    bankHolidays = try DayHours.minutes(
      configuration.bankHolidays, key: "sendingHours.bankHolidays")
  }

  /// The minutes of the day in which it is open; empty for a day that is closed.
  public func minutes(on date: CivilDate) -> Range<Int> {
    if holidays.containsFeast(date) { return bankHolidays }
    switch date.weekday {
    case .monday, .tuesday, .wednesday, .thursday, .friday: return weekdays
    case .saturday: return saturday
    case .sunday: return sunday
    }
  }

  /// Whether a message may go out at `instant`.
  public func isOpen(at instant: Instant) -> Bool {
    let local = clock.localTime(of: instant)
    return minutes(on: local.date).contains(local.minute)
  }

  /// The first instant from `instant` on at which it is open, `instant` itself when it is.
  ///
  /// Nil where that is more than 400 days away, as when every day is closed.
  public func nextOpening(from instant: Instant) -> Instant? {
    if isOpen(at: instant) { return instant }
    let today = clock.localTime(of: instant).date
    for date in (0...400).lazy.map({ today + $0 }) {
      let hours = minutes(on: date)
      if hours.isEmpty { continue }
      // Only where the clocks change within the day can it open twice, or at the change itself.
      let opening =
        clock.hasChange(on: date)
        ? firstOpenMinute(on: date, from: instant)
        : clock.instant(of: date, minute: hours.lowerBound)
      if let opening, opening >= instant { return opening }
    }
    return nil
  }

  /// The first whole minute of the day, from `instant` on, at which it is open.
  private func firstOpenMinute(on date: CivilDate, from instant: Instant) -> Instant? {
    let end = clock.instant(of: date + 1, minute: 0)
    let start = clock.instant(of: date, minute: 0)
    let passed = max(.zero, instant - start).milliseconds
    var minute = start + .minutes(Int((passed + 59_999) / 60_000))
    while minute < end {
      if isOpen(at: minute) { return minute }
      minute = minute + .minutes(1)
    }
    return nil
  }
}

/// What is wrong with the sending hours of the configuration.
public struct SendingHoursError: Error, Equatable, Sendable {
  /// The sorts of fault.
  public enum Fault: String, CaseIterable, Sendable {
    /// It is neither two times with a dash between them nor the word `closed`.
    case form = "hours-form"
    /// A time is not one of the clock, from 00:00 to 24:00.
    case time = "hours-time"
    /// The end is not later than the start.
    case order = "hours-order"
  }

  /// The path of the key, such as `sendingHours.saturday`.
  public var key: String
  /// What is wrong.
  public var fault: Fault

  /// Makes an error.
  public init(key: String, fault: Fault) {
    self.key = key
    self.fault = fault
  }

  /// What is wrong, in one sentence with the fix.
  public var message: String {
    switch fault {
    case .form: "\(key) must be hours such as \"09:00-20:00\", or \"closed\"."
    case .time: "\(key) has a time that no clock shows; write 00:00 to 24:00."
    case .order: "\(key) must end later than it starts; hours cannot go past midnight."
    }
  }
}
