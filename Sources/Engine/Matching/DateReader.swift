import Messaging

/// Which way from today a question looks for a day.
public enum DateSense: String, CaseIterable, Sendable {
  /// Either way: without a year the nearest such day is meant.
  case either
  /// Today or later.
  case toCome
  /// Today or earlier.
  case goneBy
}

/// Reads a day out of a reply.
struct DateReader: Sendable {
  typealias Token = CalendarWords.Token

  /// Years that a reply may name.
  private static let years = 1900...2100
  /// Two such days that lie nearly as far away, one before and one ahead, are not told apart.
  private static let leastDifferenceInDays = 60

  let words: CalendarWords
  let sense: DateSense
  /// How far ahead a day to come must be, in days.
  var leastDaysAhead = 0

  /// The day that the whole reply means, seen from `today`.
  func date(in reply: FoldedReply, today: CivilDate) -> Result<CivilDate, UnclearReply> {
    guard reply.symbols.isEmpty, let tokens = words.tokens(of: reply), !tokens.isEmpty else {
      return .failure(UnclearReply(reason: .nothingFound))
    }
    let weekdays = tokens.compactMap(Self.weekday)
    guard weekdays.count <= 1 else { return .failure(UnclearReply(reason: .ambiguous)) }
    let rest = tokens.filter { Self.weekday($0) == nil }
    if let weekday = weekdays.first {
      switch day(weekday, rest, today) {
      case .some(.some(let date)): return accepted(date, today)
      case .some(.none): return .failure(UnclearReply(reason: .ambiguous))
      case .none: break
      }
    }
    guard let date = relative(rest, today) ?? absolute(rest, reply.text, today) else {
      return .failure(UnclearReply(reason: .nothingFound))
    }
    if let weekday = weekdays.first, date.weekday.rawValue != weekday {
      return .failure(UnclearReply(reason: .ambiguous))
    }
    return accepted(date, today)
  }

  private func accepted(_ date: CivilDate, _ today: CivilDate) -> Result<CivilDate, UnclearReply> {
    let isAccepted =
      switch sense {
      case .either: Self.years.contains(date.year)
      case .toCome: date >= today + leastDaysAhead && Self.years.contains(date.year)
      case .goneBy: date <= today && Self.years.contains(date.year)
      }
    return isAccepted ? .success(date) : .failure(UnclearReply(reason: .notAccepted))
  }

  /// The day that a weekday with these words means: the inner nil where it may be one of two, the
  /// outer nil where the words say more than that.
  private func day(_ weekday: Int, _ rest: [Token], _ today: CivilDate) -> CivilDate?? {
    let ahead = (weekday - today.weekday.rawValue + 7) % 7
    let monday = today + (1 - today.weekday.rawValue)
    guard rest.count <= 3 else { return nil }
    switch (rest.at(0), rest.at(1), rest.at(2)) {
    case (nil, nil, nil), (.word(.role(.this))?, nil, nil):
      guard ahead > 0 else { return .some(nil) }
      return sense == .goneBy ? today + (ahead - 7) : today + ahead
    case (.word(.role(.weeks))?, nil, nil) where sense != .goneBy:
      return ahead > 0 ? today + (ahead + 7) : .some(nil)
    case (.word(.role(.next))?, nil, nil), (.word(.role(.next))?, .word(.role(.weeks))?, nil):
      return monday + (6 + weekday)
    case (.word(.role(.last))?, nil, nil):
      // On a Thursday "last Tuesday" may be two days ago or nine.
      return ahead == 0 || weekday > today.weekday.rawValue ? monday + (weekday - 8) : .some(nil)
    case (.word(.role(.last))?, .word(.role(.weeks))?, nil):
      return monday + (weekday - 8)
    default: return nil
    }
  }

  /// `tomorrow`, `in 3 days`, `a week ago`.
  private func relative(_ tokens: [Token], _ today: CivilDate) -> CivilDate? {
    guard tokens.count <= 3 else { return nil }
    switch (tokens.at(0), tokens.at(1), tokens.at(2)) {
    case (.word(.day(let count))?, nil, nil): return today + count
    case (.word(.role(.ahead))?, let number?, let unit?),
      (let number?, let unit?, .word(.role(.ahead))?):
      return Self.days(number, unit).map { today + $0 }
    case (let number?, let unit?, .word(.role(.ago))?):
      return Self.days(number, unit).map { today + -$0 }
    case (.word(.role(.ahead))?, let unit?, nil):
      return Self.days(.word(.count(1)), unit).map { today + $0 }
    case (let unit?, .word(.role(.ago))?, nil):
      return Self.days(.word(.count(1)), unit).map { today + -$0 }
    default: return nil
    }
  }

  /// How many days `3 weeks` are.
  private static func days(_ number: Token, _ unit: Token) -> Int? {
    let count: Int
    switch number {
    case .digits(let digits, _): count = digits
    case .word(.count(let word)): count = word
    default: return nil
    }
    switch unit {
    case .word(.role(.days)): return count
    case .word(.role(.weeks)): return count * 7
    default: return nil
    }
  }

  private static func weekday(_ token: Token) -> Int? {
    if case .word(.weekday(let weekday)) = token { weekday } else { nil }
  }
}

extension DateReader {
  /// `12 March`, `March 12 2027`, `12/3`, `12.3.27`, `2027-03-12`, and `the 12th` where the sense
  /// says which.
  private func absolute(_ tokens: [Token], _ text: String, _ today: CivilDate) -> CivilDate? {
    guard tokens.count <= 3 else { return nil }
    switch (tokens.at(0), tokens.at(1), tokens.at(2)) {
    case (let day?, .word(.month(let month))?, nil), (.word(.month(let month))?, let day?, nil):
      return Self.dayNumber(day).flatMap { date($0, month, today) }
    case (let day?, .word(.month(let month))?, .digits(let year, let length)?),
      (.word(.month(let month))?, let day?, .digits(let year, let length)?):
      // "12 March 10" may be ten o'clock.
      guard length == 4 || length == 2 && year > 24 else { return nil }
      return Self.dayNumber(day).flatMap { date($0, month, year, length, today) }
    case (.digits(let year, length: 4)?, .digits(let month, _)?, .digits(let day, _)?):
      return Self.holds("-/.", text) ? CivilDate(year: year, month: month, day: day) : nil
    case (
      .digits(let day, let first)?, .digits(let month, let second)?, .digits(let year, let length)?
    ):
      guard first <= 2, second <= 2, Self.holds("-/.", text) else { return nil }
      return date(day, month, year, length, today)
    case (.digits(let day, let first)?, .digits(let month, let second)?, nil):
      // "3-5" may be two days, and "3,5" too.
      guard first <= 2, second <= 2, Self.holds("/.", text) else { return nil }
      return date(day, month, today)
    case (.ordinal(let day)?, nil, nil): return date(day, today)
    default: return nil
    }
  }

  private static func dayNumber(_ token: Token) -> Int? {
    switch token {
    case .digits(let day, let length): length <= 2 ? day : nil
    case .ordinal(let day), .word(.count(let day)): day
    default: nil
    }
  }

  private static func holds(_ signs: String, _ text: String) -> Bool {
    text.unicodeScalars.prefix(200).contains { scalar in
      signs.unicodeScalars.contains(scalar)
        || scalar.value > 0xFF00 && scalar.value < 0xFF5F
          && signs.utf8.contains(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
    }
  }

  /// The day of a year that has four digits, or two that mean the years from 80 ago to 20 ahead.
  private func date(
    _ day: Int, _ month: Int, _ year: Int, _ length: Int, _ today: CivilDate
  ) -> CivilDate? {
    if length == 4 { return CivilDate(year: year, month: month, day: day) }
    guard length == 2 else { return nil }
    let century = today.year / 100 * 100
    let full = [century + 100, century, century - 100].map { $0 + year }
    let near = full.first { $0 - today.year <= 20 }
    return near.flatMap { CivilDate(year: $0, month: month, day: day) }
  }

  /// The day without a year that is meant: by the sense the next or last one, else the nearest.
  private func date(_ day: Int, _ month: Int, _ today: CivilDate) -> CivilDate? {
    nearest(
      (-1...1).compactMap { CivilDate(year: today.year + $0, month: month, day: day) }, today,
      apart: Self.leastDifferenceInDays)
  }

  /// The day of the month without a month; nil where it may be of this month or of the last.
  private func date(_ day: Int, _ today: CivilDate) -> CivilDate? {
    guard sense != .either else { return nil }
    let (year, month, _) = today.parts
    let months = (-2...2).map { (year * 12 + month - 1) + $0 }
    return nearest(
      months.compactMap { CivilDate(year: $0 / 12, month: $0 % 12 + 1, day: day) }, today, apart: 0)
  }

  private func nearest(_ dates: [CivilDate], _ today: CivilDate, apart: Int) -> CivilDate? {
    let behind = dates.filter { $0 <= today }.max()
    let ahead = dates.filter { $0 >= today }.min()
    switch sense {
    case .toCome: return ahead
    case .goneBy: return behind
    case .either:
      guard let behind, let ahead else { return behind ?? ahead }
      let back = today.daysSince1970 - behind.daysSince1970
      let forth = ahead.daysSince1970 - today.daysSince1970
      guard behind == ahead || abs(back - forth) >= apart else { return nil }
      return back < forth ? behind : ahead
    }
  }
}
