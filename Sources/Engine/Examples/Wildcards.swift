/// Patterns of examples, in which `...` stands for any words or none.
enum Wildcards {
  /// Whether the text fits the pattern; spaces around `...` need not be there, and line breaks count
  /// as spaces.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let parts = pattern.parts(around: "...")
    guard parts.count > 1 else { return pattern == text }
    guard text.hasPrefix(parts[0]), let last = parts.last else { return false }
    var rest = text.dropFirst(parts[0].count)
    for part in parts[1..<(parts.count - 1)] where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}

extension String {
  /// The parts around each `mark`, without spaces around them.
  fileprivate func parts(around mark: String) -> [String] {
    var parts: [String] = []
    var rest = self
    while let (before, after) = rest.cut(at: mark) {
      parts.append(before)
      rest = after
    }
    return parts + [rest.trimmed]
  }
}
