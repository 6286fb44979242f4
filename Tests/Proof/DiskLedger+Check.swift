import Messaging
import SQLite
import Store

/// What is found in a database that was opened again.
struct DiskFindings {
  /// An outbox row as far as it is looked at.
  struct Row {
    let id: RecordID
    let address: Address?
    let state: String
    let attempt: Int
    let cause: Int64?
    let text: String
  }

  /// What the library's own check says.
  let integrity: [String]
  /// Each inbound message's id and status by the provider's id.
  let inbound: [String: (id: RecordID, status: String)]
  /// How many inbound rows there are.
  let inboundCount: Int
  /// The place of the event that still waits, by the inbound message.
  let events: [RecordID: Int64]
  /// The outbox.
  let outbox: [Row]
  /// The inbound messages that opened a case.
  let cases: Set<RecordID>
  /// How many answers each person gave.
  let answers: [String: Int]
  /// The people who opted out.
  let optOuts: Set<String>

  /// Looks at everything in one state of the database; the library's own check, which takes the
  /// longest, is left out where it `isChecked` already.
  init(_ database: Database, isChecked: Bool = false) throws {
    self = try database.read { try DiskFindings($0, isChecked) }
  }

  private init(_ reader: borrowing Reader, _ isChecked: Bool) throws {
    integrity = isChecked ? ["ok"] : try reader.all("PRAGMA integrity_check") { $0.text(0) }
    let none = RecordID(high: 0, low: 0)
    let messages = try reader.all("SELECT provider_id, id, status FROM inbound") {
      ($0.text(0), (id: $0.recordID(1) ?? none, status: $0.text(2)))
    }
    inboundCount = messages.count
    inbound = Dictionary(messages) { first, _ in first }
    let waiting = try reader.all(
      "SELECT inbound, sequence FROM events WHERE inbound IS NOT NULL"
    ) { ($0.recordID(0) ?? none, $0.integer(1)) }
    events = Dictionary(waiting) { first, _ in first }
    outbox = try reader.all("SELECT id, address, state, attempt, cause, text FROM outbox") { row in
      Row(
        id: row.recordID(0) ?? none, address: Address(stored: row.text(1)), state: row.text(2),
        attempt: Int(row.integer(3)), cause: row.optionalInteger(4), text: row.text(5))
    }
    cases = Set(
      try reader.all("SELECT inbound FROM cases WHERE inbound IS NOT NULL") {
        $0.recordID(0) ?? none
      })
    let given = try reader.all("SELECT address, count(*) FROM answers GROUP BY address") {
      ($0.text(0), Int($0.integer(1)))
    }
    answers = Dictionary(given) { first, _ in first }
    optOuts = Set(try reader.all("SELECT address FROM optouts") { $0.text(0) })
  }
}

extension DiskLedger {
  /// What a database that was opened again, before anything else was done, does not keep.
  func broken(in found: DiskFindings) -> [String] {
    guard found.integrity == ["ok"] else {
      return ["the check says: \(found.integrity.joined(separator: "; "))"]
    }
    return violations + brokenTexts(in: found) + brokenEffects(in: found)
      + brokenSendings(in: found)
  }

  /// Every acknowledged text is there once, and every acknowledged STOP counts.
  private func brokenTexts(in found: DiskFindings) -> [String] {
    var broken: [String] = []
    for id in textIDs where texts[id]?.isAcknowledged == true && found.inbound[id] == nil {
      broken.append("text \(id) was acknowledged and is lost")
    }
    if found.inboundCount != found.inbound.count { broken.append("a text is there twice") }
    for (address, id) in stopped where !found.optOuts.contains(address.text) {
      broken.append("STOP \(id) was acknowledged and is lost")
    }
    return broken.sorted()
  }

  /// The event of a text is gone if and only if its effects are there.
  private func brokenEffects(in found: DiskFindings) -> [String] {
    var broken: [String] = []
    let causes = Set(found.outbox.compactMap(\.cause))
    for (provider, message) in found.inbound {
      let event = found.events[message.id]
      if (message.status == "received") != (event != nil) {
        broken.append(
          "text \(provider) is \(message.status), its event \(event == nil ? "gone" : "there")")
      }
      if let event, causes.contains(event) || found.cases.contains(message.id) {
        broken.append("text \(provider) has effects and waits to be handled")
      }
    }
    var thanks: [String: Int] = [:]
    for row in found.outbox where row.text.hasSuffix(DiskWorld.thanks) {
      thanks[row.address?.text ?? "", default: 0] += 1
    }
    if thanks != found.answers { broken.append("answers \(found.answers), thanks \(thanks)") }
    let replies = Set(found.outbox.compactMap(\.cause)).count
    let handled = found.inbound.filter { $0.value.status == "handled" }
    let silent = handled.filter { texts[$0.key]?.body == "STOP" }.count
    let withCase = handled.filter { found.cases.contains($0.value.id) }.count
    if replies + withCase + silent < handled.count {
      broken.append("\(handled.count) texts are handled, \(replies) have a reply")
    }
    return broken.sorted()
  }

  /// What was handed over is where we were told, or unsettled: it never waits to be sent again.
  private func brokenSendings(in found: DiskFindings) -> [String] {
    var broken: [String] = []
    let rows = Dictionary(found.outbox.map { ($0.id, $0) }) { first, _ in first }
    for row in found.outbox where !expectedWords.isEmpty {
      guard !expectedWords.contains(where: row.text.contains) else { continue }
      broken.append("message \(row.id.text) says something wrong")
    }
    for (id, sending) in sendings {
      guard let row = rows[id] else {
        broken.append("message \(id.text) was sent and is lost")
        continue
      }
      if sending.words.contains(where: { $0 != row.text }) {
        broken.append("message \(id.text) was sent with other words than it has")
      }
      // A later attempt can be claimed without our knowing, when the claim had no answer.
      if row.attempt > sending.attempt, sending.settled == "queued" || sending.settling == "queued"
      {
        continue
      }
      if !sending.allows(row.state) || row.attempt != sending.attempt {
        broken.append(
          "message \(id.text) was sent, attempt \(sending.attempt), told "
            + "\(sending.settled ?? "nothing"): it is \(row.state), attempt \(row.attempt)")
      }
    }
    return broken.sorted()
  }
}

extension DiskLedger.Sending {
  /// Whether the message may be found in that state.
  ///
  /// A receipt or a restart may have moved it since.
  fileprivate func allows(_ state: String) -> Bool {
    if let settled { return follows(state, settled) }
    return ["claimed", "unknown", "accepted"].contains(state)
      || settling.map { follows(state, $0) } ?? false
  }

  /// Whether a message that was settled to `end` may be found in that state later on.
  private func follows(_ state: String, _ end: String) -> Bool {
    state == end || (end == "unknown" && state == "accepted")
      || (end == "queued" && ["expired", "suppressed"].contains(state))
  }
}
