import Messaging
import SQLite

extension Transaction {
  /// Keeps the sources of a conversation, as one text, under the hash of all that decides it.
  public func publish(
    conversation: String, hash: String, sources: String, now: Instant
  ) throws {
    try run(
      """
      INSERT INTO programs (hash, conversation, sources, at_ms) VALUES (?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """, hash, conversation, sources, now)
  }
}

extension Reader {
  /// Every conversation that was ever published: its id, hash and sources.
  public func publishedPrograms() throws -> [(conversation: String, hash: String, sources: String)]
  {
    try all("SELECT conversation, hash, sources FROM programs ORDER BY at_ms, hash") {
      ($0.text(0), $0.text(1), $0.text(2))
    }
  }
}
