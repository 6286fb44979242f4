import Messaging

/// Small cuts that every part of the reader makes.
extension StringProtocol {
  /// The text without spaces around it.
  var trimmed: String {
    var rest = self[...]
    while rest.first == " " { rest = rest.dropFirst() }
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }

  /// What follows `prefix`, without spaces around it; nil when the text does not begin with it.
  func after(_ prefix: String) -> String? {
    hasPrefix(prefix) ? dropFirst(prefix.count).trimmed : nil
  }

  /// What stands before and after the first `separator`; nil when there is none.
  func cut(at separator: String) -> (before: String, after: String)? {
    guard let found = position(of: separator, from: startIndex) else { return nil }
    return (self[..<found.lowerBound].trimmed, self[found.upperBound...].trimmed)
  }

  /// What stands before and after the last `separator`; nil when there is none.
  func cutAtLast(_ separator: String) -> (before: String, after: String)? {
    var last: Range<Index>?
    var from = startIndex
    while let found = position(of: separator, from: from) {
      last = found
      from = found.upperBound
    }
    return last.map { (self[..<$0.lowerBound].trimmed, self[$0.upperBound...].trimmed) }
  }

  /// The parts between `separator`s outside quotation marks, trimmed; empty parts are kept.
  func parts(between separator: String) -> [String] {
    var parts: [String] = []
    var start = startIndex
    var index = startIndex
    var quoted = false
    while index < endIndex {
      if self[index] == "\"" { quoted.toggle() }
      if !quoted, self[index...].hasPrefix(separator) {
        parts.append(self[start..<index].trimmed)
        index = self.index(index, offsetBy: separator.count)
        start = index
      } else {
        index = self.index(after: index)
      }
    }
    parts.append(self[start...].trimmed)
    return parts
  }

  /// The text inside quotation marks, or the text itself when there are none around it.
  var unquoted: String {
    guard count >= 2, first == "\"", last == "\"" else { return trimmed }
    return String(dropFirst().dropLast())
  }

  /// Where `separator` stands first at or after `from`.
  private func position(of separator: String, from: Index) -> Range<Index>? {
    var index = from
    while index < endIndex {
      if self[index...].hasPrefix(separator),
        let end = self.index(index, offsetBy: separator.count, limitedBy: endIndex)
      {
        return index..<end
      }
      index = self.index(after: index)
    }
    return nil
  }
}

extension Duration {
  /// Reads `1 day`, `25 hours`, `10 minutes`, `2 weeks`; nil for anything else or over ten years.
  init?(words: String) {
    guard let (count, unit) = words.cut(at: " "), let number = Int(count), number > 0,
      number <= 87_600
    else { return nil }
    switch unit {
    case "minute", "minutes": self = .minutes(number)
    case "hour", "hours": self = .hours(number)
    case "day", "days": self = .days(number)
    case "week", "weeks": self = .days(number * 7)
    default: return nil
    }
    guard self <= .days(3650) else { return nil }
  }
}
