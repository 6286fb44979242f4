import Messaging

/// How long to wait before a message that is proven unsent is tried again.
///
/// 5 s, 15 s, 60 s, 5 min, then every 15 min, each ± 20 % so that a crowd does not come back as
/// one. A provider's own wish counts when it is longer, up to 15 minutes.
public enum Backoff {
  /// The wait after the attempt of that number, from 1.
  ///
  /// `wish` is what the provider asked for, or nil; the 64 random bits make the ± 20 %.
  public static func wait(after attempt: Int, wish: Duration?, random: UInt64) -> Duration {
    let step = steps[min(max(attempt, 1), steps.count) - 1]
    let spread = step / 5
    let share = Int64(random % UInt64(2 * spread + 1))
    let own = Duration.milliseconds(step - spread + share)
    guard let wish else { return own }
    return max(own, min(wish, longestWish))
  }

  /// The longest wait that a provider can ask for.
  public static let longestWish: Duration = .minutes(15)

  private static let steps: [Int64] = [5000, 15_000, 60_000, 300_000, 900_000]
}
