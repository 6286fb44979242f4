/// Times of day as scripts and examples write them.
enum ClockTime {
  /// Minutes after midnight for `9am`, `9:30am`, `12pm`, `14:00`; nil for anything else.
  static func minutes(_ words: String) -> Int? {
    var digits = words
    var shift = 0
    if words.hasSuffix("am") || words.hasSuffix("pm") {
      shift = words.hasSuffix("pm") ? 720 : 0
      digits = words.dropLast(2).trimmed
    } else if !words.contains(":") {
      return nil
    }
    let parts = digits.split(separator: ":").map { Int($0) }
    guard let hour = parts.first ?? nil, let minute = parts.count > 1 ? parts[1] : 0,
      (0...23).contains(hour), (0...59).contains(minute), parts.count <= 2
    else { return nil }
    let usesHalves = digits != words
    guard !usesHalves || (1...12).contains(hour) else { return nil }
    return (usesHalves ? hour % 12 : hour) * 60 + minute + shift
  }
}
