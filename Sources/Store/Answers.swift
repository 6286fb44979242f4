import Messaging
import SQLite

/// An answer that a person gave.
public struct AnswerRecord: Equatable, Sendable {
  /// Our id of it.
  public var id: RecordID
  /// Who gave it.
  public var address: Address
  /// The conversation's id.
  public var conversation: String
  /// The question's name.
  public var name: String
  /// What was understood.
  public var value: String
  /// The person's own words.
  public var raw: String
  /// When it was given.
  public var at: Instant

  /// Makes an answer.
  public init(
    id: RecordID, address: Address, conversation: String, name: String, value: String,
    raw: String, at: Instant
  ) {
    self.id = id
    self.address = address
    self.conversation = conversation
    self.name = name
    self.value = value
    self.raw = raw
    self.at = at
  }
}

extension Transaction {
  /// Keeps an answer.
  public func add(_ answer: AnswerRecord) throws {
    try run(
      """
      INSERT INTO answers (id, address, conversation, name, value, raw, at_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      answer.id, answer.address, answer.conversation, answer.name, answer.value, answer.raw,
      answer.at)
  }
}

extension Reader {
  /// The answers of an address, the oldest first.
  public func answers(of address: Address) throws -> [AnswerRecord] {
    try all(
      """
      SELECT id, conversation, name, value, raw, at_ms FROM answers WHERE address = ? ORDER BY id
      """, address
    ) { row in
      AnswerRecord(
        id: try row.id(0), address: address, conversation: row.text(1), name: row.text(2),
        value: row.text(3), raw: row.text(4), at: row.instant(5))
    }
  }
}
