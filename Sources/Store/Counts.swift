import SQLite

/// One number about what is stored, without anything personal.
public struct StoredCount: Equatable, Sendable {
  /// What is counted, such as `outbound`.
  public var name: String
  /// The state that is counted, or nil.
  public var label: String?
  /// How many.
  public var value: Int64
}

extension Reader {
  /// What waits, and what became of the messages of both directions.
  public func counts() throws -> [StoredCount] {
    try all(
      """
      SELECT 'events_waiting', NULL, count(*) FROM events
      UNION ALL SELECT 'inbound', status, count(*) FROM inbound GROUP BY status
      UNION ALL SELECT 'outbound', state, count(*) FROM outbox GROUP BY state
      UNION ALL SELECT 'opted_out', NULL, count(*) FROM optouts
      UNION ALL SELECT 'cases_open', NULL, count(*) FROM cases WHERE closed_ms IS NULL
      UNION ALL SELECT 'quarantined', NULL, count(*) FROM quarantine
      """
    ) { StoredCount(name: $0.text(0), label: $0.optionalText(1), value: $0.integer(2)) }
  }
}
