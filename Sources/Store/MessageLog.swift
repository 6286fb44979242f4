import Messaging
import SQLite

/// One line of the record of messages, both ways.
public struct LoggedMessage: Equatable, Sendable {
  /// Our id of it.
  public var id: RecordID
  /// Whether we sent it.
  public var isOutbound: Bool
  /// The channel's name in the configuration.
  public var channel: String
  /// The resident's address.
  public var address: Address
  /// The words; nil when they are sealed.
  public var text: String?
  /// The provider's ids of it; empty while there are none.
  public var providerIDs: [String]
  /// What became of it: the delivery status once there is one, else the state.
  public var status: String
  /// When it came to us or was made.
  public var at: Instant
}

extension Reader {
  /// Messages of both directions in the order of time, at most `limit`: those after the one named,
  /// and only those of the address, where these are given.
  public func messages(
    after: RecordID?, address: Address? = nil, limit: Int
  ) throws -> [LoggedMessage] {
    let start = after ?? RecordID(at: Instant(milliseconds: 0), random: (0, 0))
    let inbound = try all(
      """
      SELECT id, channel, sender, text, provider_id, status, at_ms FROM inbound
      WHERE id > ? AND (? IS NULL OR sender = ?) ORDER BY id LIMIT ?
      """, start, address, address, limit
    ) { row in
      LoggedMessage(
        id: try row.id(0), isOutbound: false, channel: row.text(1), address: try row.address(2),
        text: row.optionalText(3), providerIDs: [row.text(4)], status: row.text(5),
        at: row.instant(6))
    }
    let outbound = try all(
      """
      SELECT id, channel, address, text, coalesce(status, state), at_ms,
        (SELECT group_concat(provider_id, char(10)) FROM provider_ids WHERE outbound = outbox.id)
      FROM outbox WHERE id > ? AND (? IS NULL OR address = ?) ORDER BY id LIMIT ?
      """, start, address, address, limit
    ) { row in
      LoggedMessage(
        id: try row.id(0), isOutbound: true, channel: row.text(1), address: try row.address(2),
        text: row.optionalText(3),
        providerIDs: row.text(6).split(separator: "\n").map(String.init), status: row.text(4),
        at: row.instant(5))
    }
    return Array((inbound + outbound).sorted { $0.id < $1.id }.prefix(limit))
  }
}
