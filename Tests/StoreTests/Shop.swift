import Messaging
import Store

/// A database with all our tables, and records to put into them.
struct Shop: Sendable {
  let database: Database

  static let now = Instant(milliseconds: 1_795_514_400_000)
  static let resident = Address(scheme: .tel, value: "+447700900123")

  init(_ path: String = ":memory:", journal: Journal? = nil) throws {
    var options = DatabaseOptions.onCaller
    options.journal = journal
    database = try Database(path: path, options: options)
    try Migrations.run(Schema.migrations, on: database, now: Self.now)
  }

  func write<Value: Sendable>(
    _ job: @escaping @Sendable (borrowing Transaction) throws -> Value
  ) throws -> Value {
    try database.write(.bulk, "test", job)
  }

  /// The id of the record of that number: a millisecond apart, so that they sort by number.
  static func id(_ number: Int) -> RecordID {
    RecordID(at: now + .milliseconds(number), random: (0, UInt64(number)))
  }

  static func person(_ number: Int) -> Address {
    Address(scheme: .tel, value: "+447700900\(100 + number)")
  }

  static func message(
    _ number: Int, to address: Address = resident, priority: OutboundRecord.Priority = .unprompted,
    channel: String = "main", messageClass: MessageClass = .service, due: Instant = now
  ) -> OutboundRecord {
    OutboundRecord(
      id: id(number), channel: channel, address: address, text: "text \(number)",
      messageClass: messageClass, purpose: "staff", cause: nil, priority: priority, parts: 1,
      due: due, expires: now + .hours(24), at: now + .milliseconds(number))
  }

  static func inbound(
    _ number: Int, from sender: Address = resident, channel: String = "main",
    providerID: String? = nil
  ) -> InboundRecord {
    InboundRecord(
      id: id(number), callback: id(0), channel: channel,
      message: InboundMessage(
        providerID: providerID ?? "SM\(number)", from: sender,
        to: Address(scheme: .tel, value: "+447700900001"), text: "text \(number)"),
      at: now + .milliseconds(number))
  }

  static func callback(_ number: Int, size: Int = 10, at: Instant = now) -> RawCallback {
    RawCallback(
      id: RecordID(at: at, random: (0, UInt64(number))), channel: "main", method: "POST",
      url: "https://text.example/hooks/main", headers: "A: b",
      body: Array(repeating: 65, count: size),
      reason: "bad-signature", at: at)
  }
}
