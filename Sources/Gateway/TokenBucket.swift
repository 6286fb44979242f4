/// A rate in parts a second: it fills steadily, holds one second's worth, and never owes.
///
/// A message may take the bucket below nothing when it has more parts than the bucket holds;
/// the next one then waits until that is made good, so that the rate holds over time.
public struct TokenBucket: Sendable {
  private let perSecond: Double
  private var tokens: Double
  private var filledAt: Int64

  /// Makes a full bucket.
  ///
  /// - Parameters:
  ///   - perSecond: Parts a second, more than 0.
  ///   - now: Milliseconds of a clock that never steps.
  public init(perSecond: Double, now: Int64) {
    self.perSecond = perSecond
    tokens = max(perSecond, 1)
    filledAt = now
  }

  /// How many whole parts may go now; 0 when it is empty or owes.
  public mutating func available(now: Int64) -> Int {
    fill(now: now)
    return max(0, Int(tokens))
  }

  /// Takes the parts of a message that goes now.
  public mutating func take(_ parts: Int) {
    tokens -= Double(parts)
  }

  /// Milliseconds until a message may go; 0 when it may go now.
  public mutating func wait(now: Int64) -> Int64 {
    fill(now: now)
    return tokens >= 1 ? 0 : Int64(((1 - tokens) / perSecond * 1000).rounded(.up))
  }

  private mutating func fill(now: Int64) {
    guard now > filledAt else { return }
    tokens = min(max(perSecond, 1), tokens + Double(now - filledAt) / 1000 * perSecond)
    filledAt = now
  }
}
