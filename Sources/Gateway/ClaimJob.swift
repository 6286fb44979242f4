import Engagement
import Messaging
import Store

/// The claim of everything that may go now, as one job of the store.
struct ClaimJob: Sendable {
  /// How many messages a channel may claim.
  struct Wanted: Sendable {
    /// The channel's name in the configuration.
    let channel: String
    /// The most messages of each urgency, in the order of `Priority.allCases`; what one urgency
    /// takes is no longer there for the next.
    let rooms: [Int]
  }

  /// What each channel may claim.
  let wanted: [Wanted]
  /// When messages that nobody just asked for may go.
  let hours: SendingHours
  /// When the claim is made.
  let now: Instant

  /// Claims, and returns what was claimed for each of `wanted`.
  func run(in transaction: borrowing Transaction) throws -> [[ClaimCandidate]] {
    var claimed: [[ClaimCandidate]] = []
    for channel in wanted {
      var mine: [ClaimCandidate] = []
      let most = channel.rooms.max() ?? 0
      for (priority, room) in zip(OutboundRecord.Priority.allCases, channel.rooms) {
        let limit = min(room, most - mine.count)
        guard limit > 0 else { continue }
        let candidates = try transaction.candidates(
          channel: channel.channel, priority: priority, now: now, limit: limit)
        for message in candidates where try goes(message, in: transaction) {
          mine.append(message)
        }
      }
      claimed.append(mine)
    }
    return claimed
  }

  private func goes(_ message: ClaimCandidate, in transaction: borrowing Transaction) throws -> Bool
  {
    switch ClaimRule.verdict(on: message, now: now, hours: hours) {
    case .send:
      return try transaction.claim(message.id, now: now)
    case .hold(let until):
      try transaction.hold(message.id, until: until)
    case .withdraw(let state):
      if let withdrawn = try transaction.withdraw(message.id, state, now: now) {
        try transaction.startTimers(of: withdrawn, state: state, now: now)
      }
    }
    return false
  }
}
