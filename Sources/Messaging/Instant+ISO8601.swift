extension Instant {
  /// Reads a time of ISO 8601 with an offset, such as `2026-11-21T09:00:00.25+01:00`.
  ///
  /// The day and the time are parted by `T` or a space; the offset is `Z`, `±hh:mm`, `±hhmm` or
  /// `±hh`. A fraction may have any number of digits within the 40 bytes that are read; what is
  /// finer than a millisecond is cut off. Second 60 is the first of the next minute. Nil for
  /// anything else, also where the offset is missing. Source: RFC 3339, section 5.6.
  public init?(iso8601 text: String) {
    var reader = DigitReader(text, limit: 40)
    guard let date = reader.date(), reader.take("T") || reader.take("t") || reader.take(" "),
      let hour = reader.number(2), hour < 24, reader.take(":"),
      let minute = reader.number(2), minute < 60, reader.take(":"),
      let second = reader.number(2), second <= 60,
      let fraction = reader.fraction(), let offset = reader.offset(), reader.isAtEnd
    else { return nil }
    let minutes = date.daysSince1970 * 1440 + hour * 60 + minute - offset
    milliseconds = Int64((minutes * 60 + second) * 1000 + fraction)
  }

  /// The instant written as in ISO 8601, such as `2026-11-21T09:00:00Z`.
  ///
  /// Always in UTC; with three digits of milliseconds only where they are not zero.
  public var iso8601: String {
    let (days, rest) = milliseconds.flooredDivision(by: 86_400_000)
    let (seconds, fraction) = rest.flooredDivision(by: 1000)
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60]
    let time = clock.map { padded(Int($0), to: 2) }.joined(separator: ":")
    let tail = fraction == 0 ? "Z" : "." + padded(Int(fraction), to: 3) + "Z"
    return CivilDate(daysSince1970: Int(days)).iso8601 + "T" + time + tail
  }
}

extension Int64 {
  /// The quotient rounded down, and the rest, which is never negative; `divisor` is above 0.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }
}

/// Reads a short text of digits and signs from the left; anything unfit is nil.
struct DigitReader {
  private let bytes: [UInt8]
  private var place = 0

  /// Reads `text` if it has no more than `limit` bytes, else nothing.
  init(_ text: String, limit: Int) {
    bytes = text.utf8.count <= limit ? Array(text.utf8) : []
  }

  /// Whether all has been read.
  var isAtEnd: Bool { place == bytes.count }

  /// Steps over `sign` if it is next, and says whether it was.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard place < bytes.count, UInt32(bytes[place]) == sign.value else { return false }
    place += 1
    return true
  }

  /// The number of exactly `width` digits.
  mutating func number(_ width: Int) -> Int? {
    var value = 0
    for _ in 0..<width {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// A day such as `2026-11-21`.
  mutating func date() -> CivilDate? {
    guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// The milliseconds of a fraction such as `.25`; 0 where there is none.
  fileprivate mutating func fraction() -> Int? {
    guard take(".") || take(",") else { return 0 }
    guard let first = digit() else { return nil }
    var value = first * 100
    var weight = 10
    while let digit = digit() {
      value += digit * weight
      weight /= 10
    }
    return value
  }

  /// The minutes of an offset such as `+01:00`.
  fileprivate mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isWest = take("-")
    guard isWest || take("+"), let hours = number(2), hours < 24 else { return nil }
    let hasMinutes = take(":") || !isAtEnd
    guard let minutes = hasMinutes ? number(2) : 0, minutes < 60 else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }

  private mutating func digit() -> Int? {
    guard place < bytes.count, (48...57).contains(bytes[place]) else { return nil }
    place += 1
    return Int(bytes[place - 1]) - 48
  }
}
