import Messaging
import Store

/// A receipt on its way through the line of events.
extension EventRecord {
  /// Makes the event of a receipt.
  init(_ receipt: DeliveryReceipt, channel: String, at now: Instant) {
    let detail = [receipt.status.rawValue, receipt.code ?? "", receipt.reference ?? ""]
    self.init(
      lane: "", kind: .receipt, channel: channel, subject: receipt.providerID,
      detail: detail.joined(separator: "\n"), at: now)
  }

  /// The receipt that was put in; nil for any other event.
  var receipt: DeliveryReceipt? {
    guard kind == .receipt, let subject, let detail else { return nil }
    let parts = detail.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let status = DeliveryStatus(rawValue: String(parts[0])) else {
      return nil
    }
    return DeliveryReceipt(
      providerID: subject, reference: parts[2].isEmpty ? nil : String(parts[2]), status: status,
      code: parts[1].isEmpty ? nil : String(parts[1]), at: at)
  }
}

/// Our name of one attempt, which a provider can carry back to us in a receipt.
struct AttemptReference: Equatable, Sendable {
  /// The message.
  let id: RecordID
  /// The number of the attempt, from 1.
  let attempt: Int

  /// The text form: the message's id, a dot, the number.
  var text: String { "\(id.text).\(attempt)" }

  /// Makes a reference.
  init(id: RecordID, attempt: Int) {
    self.id = id
    self.attempt = attempt
  }

  /// Reads what `text` gave; nil for anything else.
  init?(text: String) {
    let halves = text.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count == 2, let id = RecordID(text: String(halves[0])),
      let attempt = Int(halves[1])
    else { return nil }
    self.init(id: id, attempt: attempt)
  }
}
