import Support

extension SplitMix64 {
  /// A generator of its own for one actor, so that one more draw there shifts nobody else's.
  func split(_ label: UInt64) -> SplitMix64 {
    var parent = self
    return SplitMix64(seed: parent.next() ^ (label &+ 1) &* 0xD6E8_FEB8_6659_FD93)
  }

  /// Whether something happens that has that probability, from 0 to 1.
  mutating func happens(_ probability: Double) -> Bool {
    Double(next() >> 11) / Double(1 << 53) < probability
  }

  /// A number within the range, both ends included.
  mutating func within(_ range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// A span within the range of which every size is as likely as any other: mostly short.
  mutating func span(_ range: ClosedRange<Int64>) -> Int64 {
    var span = max(1, range.lowerBound)
    while span < range.upperBound, percent(70) { span *= 2 }
    return min(range.upperBound, max(range.lowerBound, within(span / 2...span)))
  }
}
