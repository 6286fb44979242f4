import Channels
import Messaging
import Store

/// What staff ask for by hand, put in at the one door.
public struct Desk: Sendable {
  private let database: Database
  private let settings: GatewaySettings
  private let environment: Environment

  /// Makes the desk.
  public init(database: Database, settings: GatewaySettings, environment: Environment) {
    self.database = database
    self.settings = settings
    self.environment = environment
  }

  /// Why a message cannot be sent, in one sentence with the fix.
  public struct Refusal: Error, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String
  }

  /// Puts one message of a member of staff, 1 to 1,600 characters, into the outbox; returns its id.
  ///
  /// It waits for the sending hours, and an opt-out that comes before its turn still stops it.
  /// Throws `Refusal` when nobody could get it, and `StoreError` when it cannot be stored.
  public func send(
    _ text: String, to address: Address, messageClass: MessageClass = .service,
    priority: OutboundRecord.Priority = .unprompted
  ) throws -> RecordID {
    try send([(address, text)], messageClass: messageClass, priority: priority)[0]
  }

  /// Puts many messages into the outbox in one commit, all of them or none, and returns their ids.
  public func send(
    _ messages: [(address: Address, text: String)], messageClass: MessageClass,
    priority: OutboundRecord.Priority
  ) throws -> [RecordID] {
    let now = environment.now()
    let records = try messages.map { message in
      try record(of: message, messageClass, priority, now: now)
    }
    try database.write(.bulk, "send") { transaction in
      for var record in records {
        guard try transaction.optOut(of: record.address) == nil || messageClass == .safety else {
          throw Refusal(description: "This person has texted STOP. Write or call instead.")
        }
        if let lane = try transaction.lane(of: record.address),
          settings.channels[lane.channel]?.traits.schemes.contains(record.address.scheme) == true
        {
          record.channel = lane.channel
        }
        try transaction.add(record)
      }
    }
    return records.map(\.id)
  }

  private func record(
    of message: (address: Address, text: String), _ messageClass: MessageClass,
    _ priority: OutboundRecord.Priority, now: Instant
  ) throws -> OutboundRecord {
    let text = Normal.nfc(message.text)
    guard !text.isEmpty, text.utf16.count <= 1600 else {
      throw Refusal(description: "A message has 1 to 1,600 characters; this one has \(text.count).")
    }
    guard let channel = settings.channels.reaching(message.address) else {
      let scheme = message.address.scheme.rawValue
      throw Refusal(description: "No channel reaches \(scheme): addresses. Configure one first.")
    }
    guard !settings.channels.isOurs(message.address) else {
      throw Refusal(description: "That is our own number. Name a resident's.")
    }
    return OutboundRecord(
      id: environment.newID(at: now), channel: channel.name, address: message.address, text: text,
      messageClass: messageClass, purpose: "staff", cause: nil, priority: priority,
      parts: channel.parts(of: text), due: now,
      expires: settings.expiry(of: priority, madeAt: now), at: now)
  }
}
