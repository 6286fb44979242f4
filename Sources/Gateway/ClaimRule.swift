import Messaging
import Store

/// Whether a message whose turn has come may go: looked at inside the claim, not when it was made.
enum ClaimRule {
  /// What becomes of the message.
  enum Verdict: Equatable {
    /// It goes now.
    case send
    /// It waits until then.
    case hold(until: Instant)
    /// It never goes, for the reason that the state names.
    case withdraw(SendingState)
  }

  /// Decides about one message; `opening` is when one that nobody just asked for may go.
  static func verdict(
    on message: ClaimCandidate, now: Instant, opening: Instant?
  ) -> Verdict {
    #if PLANTED
    if Planted.has("expiry-ignored"), now >= message.expires { return .send }
    if Planted.has("stop-at-enqueue"), message.optOut != nil { return .send }
    if Planted.has("hours-ignored"), message.optOut == nil { return .send }
    #endif
    guard now < message.expires else { return .withdraw(.expired) }
    if let optOut = message.optOut, !passes(message, optOut) { return .withdraw(.suppressed) }
    guard message.priority != .reply, message.messageClass != .safety else { return .send }
    guard let opening else { return .withdraw(.expired) }
    guard opening > now else { return .send }
    return opening < message.expires ? .hold(until: opening) : .withdraw(.expired)
  }

  /// After STOP go only its one confirmation, safety (unless the network blocks us), and answers to
  /// what the person texted afterwards.
  private static func passes(_ message: ClaimCandidate, _ optOut: ClaimCandidate.OptOut) -> Bool {
    if message.purpose == "stopConfirmation" { return true }
    if let cause = message.cause, cause > optOut.sequence { return true }
    return message.messageClass == .safety && !optOut.isCarrier
  }
}
