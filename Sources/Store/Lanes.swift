import Messaging
import SQLite

/// What is remembered of an address between turns.
public struct LaneRecord: Equatable, Sendable {
  /// The address.
  public var address: Address
  /// The channel that the person last wrote on, by its name in the configuration.
  public var channel: String
  /// The engine's own memory, which means nothing to the store.
  public var state: [UInt8]
  /// The message that carried the open question, or nil.
  public var question: RecordID?
  /// Until when the person's messages are stored and not acted on, or nil.
  public var floodedUntil: Instant?

  /// Makes a lane.
  public init(
    address: Address, channel: String, state: [UInt8], question: RecordID? = nil,
    floodedUntil: Instant? = nil
  ) {
    self.address = address
    self.channel = channel
    self.state = state
    self.question = question
    self.floodedUntil = floodedUntil
  }
}

extension Transaction {
  /// The lane of an address; nil when nothing has happened on it.
  public func lane(of address: Address) throws -> LaneRecord? {
    try first(
      "SELECT channel, state, question, flooded_until_ms FROM lanes WHERE address = ?", address
    ) { row in
      LaneRecord(
        address: address, channel: row.text(0), state: row.blob(1), question: row.recordID(2),
        floodedUntil: row.optionalInstant(3))
    }
  }

  /// Stores a lane in place of what was remembered.
  public func store(_ lane: LaneRecord) throws {
    try run(
      """
      INSERT INTO lanes (address, channel, state, question, flooded_until_ms)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (address) DO UPDATE SET channel = excluded.channel, state = excluded.state,
        question = excluded.question, flooded_until_ms = excluded.flooded_until_ms
      """, lane.address, lane.channel, lane.state, lane.question, lane.floodedUntil)
  }
}
