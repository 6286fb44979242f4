import Messaging

/// The limits that keep two machines from running up a bill between them.
///
/// A reply that moves a conversation forward does not count against the first limit; every
/// automatic reply counts against the other two. What a limit holds back goes to a person.
public enum ReplyCaps {
  /// One automatic reply that went out or waits to, as far as the limits need it.
  public struct Sent: Equatable, Sendable {
    /// When it was made.
    public var at: Instant
    /// Why it was said.
    public var purpose: String
    /// Its words.
    public var text: String

    /// Makes an entry.
    public init(at: Instant, purpose: String, text: String) {
      self.at = at
      self.purpose = purpose
      self.text = text
    }
  }

  /// How far back the limits look.
  public static let window: Duration = .hours(24)

  /// Which limit forbids one more automatic reply at `now`; nil for none.
  ///
  /// `moves` says whether it moves a conversation forward; `sent` holds the automatic replies of
  /// the last 24 hours to this address, in any order.
  public static func limit(
    on text: String, moves: Bool, after sent: [Sent], now: Instant
  ) -> Limit? {
    guard sent.count < perDay else { return .perDay }
    let same = sent.filter { $0.at > now - .minutes(5) && $0.text == text }
    guard same.count < identicalPerFiveMinutes else { return .identical }
    guard !moves else { return nil }
    let idle = sent.filter { $0.at > now - .minutes(10) && !moving.contains($0.purpose) }
    return idle.count < idlePerTenMinutes ? nil : .idle
  }

  /// The limits by name.
  public enum Limit: String, Sendable {
    /// 60 automatic replies in 24 hours.
    case perDay
    /// 3 identical ones in 5 minutes.
    case identical
    /// 5 that move nothing forward in 10 minutes.
    case idle
  }

  /// More inbound messages than this from one sender in a minute are stored and not acted on.
  public static let inboundPerMinute = 30

  private static let perDay = 60
  private static let identicalPerFiveMinutes = 3
  private static let idlePerTenMinutes = 5
  private static let moving: Set<String> = ["progress"]
}
