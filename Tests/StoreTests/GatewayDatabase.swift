import Messaging
import SQLite
import Store

/// A database of the released schema, and what the tests put into it.
final class GatewayDatabase {
  let database: Database
  private let now: Instant
  private var count: UInt64 = 0

  init(_ path: String = ":memory:", _ options: DatabaseOptions = .onCaller, now: Instant) throws {
    database = try Database(path: path, options: options)
    self.now = now
    try Migrations.run(Schema.migrations, on: database, now: now)
  }

  /// Puts a message into the outbox.
  @discardableResult
  func queue(
    due: Instant, to address: Address = Address(scheme: .tel, value: "+447700900123"),
    question: Int? = nil
  ) throws -> RecordID {
    let id = newID()
    let message = OutboundRecord(
      id: id, channel: "main", address: address, text: "The lift works again.",
      messageClass: .service, purpose: "staff", cause: nil, priority: .unprompted, parts: 1,
      question: question, timers: question.map { _ in "forget 60000" }, due: due,
      expires: due + .hours(24), at: now)
    try database.write(.bulk, "queue") { try $0.add(message) }
    return id
  }

  /// Claims a message and ends the attempt.
  func settle(_ id: RecordID, as state: SendingState, now: Instant) throws {
    try database.write(.settle, "settle") { transaction in
      _ = try transaction.claim(id, now: now)
      _ = try transaction.settle(SettledAttempt(id: id, attempt: 1, state: state), now: now)
    }
  }

  /// Keeps a callback of a provider's.
  func callBack(at instant: Instant) throws {
    let callback = RawCallback(
      id: newID(), channel: "main", method: "POST", url: "https://text.elmhomes.example/hooks/main",
      headers: "", body: [], reason: nil, at: instant)
    try database.write(.inbound, "callback") { try $0.add(callback) }
  }

  /// The states of the outbox with their codes, in the order of making.
  func outbox() throws -> [String] {
    try database.read { reader in
      try reader.all("SELECT state, code FROM outbox ORDER BY id") {
        $0.text(0) + ($0.optionalText(1).map { " " + $0 } ?? "")
      }
    }
  }

  /// Our next id.
  func newID() -> RecordID {
    count += 1
    return RecordID(at: now, random: (0, count))
  }
}
