/// Reads the hours of a day as they are written in the configuration.
enum DayHours {
  /// The minutes from the start to the end of `09:00-20:00`; empty for `closed`.
  ///
  /// Spaces around the dash and one digit for the hour are taken. At most 20 bytes are read.
  static func minutes(_ text: String, key: String) throws(SendingHoursError) -> Range<Int> {
    let letters = text.utf8.filter { $0 != UInt8(ascii: " ") }
    guard text.utf8.count <= 20 else { throw SendingHoursError(key: key, fault: .form) }
    if letters.elementsEqual("closed".utf8) { return 0..<0 }
    let ends = letters.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard ends.count == 2, let start = Time(ends[0]), let end = Time(ends[1]) else {
      throw SendingHoursError(key: key, fault: .form)
    }
    guard start.isOnTheClock, end.isOnTheClock else {
      throw SendingHoursError(key: key, fault: .time)
    }
    guard start.minute < end.minute else { throw SendingHoursError(key: key, fault: .order) }
    return start.minute..<end.minute
  }

  private struct Time {
    var hours: Int
    var minutes: Int

    var minute: Int { hours * 60 + minutes }
    var isOnTheClock: Bool { minutes < 60 && minute <= 1440 }

    /// Reads `9:00` or `09:00`; nil for another form.
    init?(_ text: some Collection<UInt8>) {
      let halves = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard halves.count == 2, (1...2).contains(halves[0].count), halves[1].count == 2,
        halves.joined().allSatisfy({ (48...57).contains($0) })
      else { return nil }
      hours = halves[0].reduce(0) { $0 * 10 + Int($1) - 48 }
      minutes = halves[1].reduce(0) { $0 * 10 + Int($1) - 48 }
    }
  }
}
