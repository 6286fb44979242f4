import Messaging
import SQLite

/// What was done to a restored backup before anything may use it.
public struct RestoreSummary: Equatable, Sendable {
  /// The number of this life of the database: 1 for the first, one more with each restore.
  public var epoch: Int64
  /// How many opt-outs and opt-ins of the journal were applied.
  public var optOutChanges: Int
  /// How many waiting messages the journal proves to have been sent.
  public var provenSent: Int
  /// How many messages were held for staff, since nobody knows whether they were sent.
  public var held: Int
}

extension Transaction {
  /// Makes a restored backup safe: a backup by itself would send again and forget opt-outs.
  ///
  /// The journal's entries are applied in order; they may be older than the backup. Every message
  /// that waited in the backup and is not proven sent becomes `unknown`, code `restored`, which is
  /// never sent by itself and is for staff to decide. `caseID` names the case that tells them.
  public func restore(
    with entries: [JournalEntry], caseID: RecordID, now: Instant
  ) throws -> RestoreSummary {
    let sequence = try lastEventSequence()
    var summary = RestoreSummary(
      epoch: try nextEpoch(), optOutChanges: 0, provenSent: 0, held: 0)
    for entry in entries {
      switch entry {
      case .optOut(let address, let isCarrier):
        try recordOptOut(address, sequence: sequence, isCarrier: isCarrier, now: now)
        summary.optOutChanges += 1
      case .optIn(let address):
        try liftOptOut(address, sequence: .max)
        summary.optOutChanges += 1
      case .accepted(let id):
        summary.provenSent += try run(
          """
          UPDATE outbox SET state = 'accepted', settled_ms = ?
          WHERE id = ? AND state IN ('queued', 'claimed', 'unknown')
          """, now, id)
      }
    }
    summary.held = try run(
      """
      UPDATE outbox SET state = 'unknown', class_of_error = 'X', code = 'restored', settled_ms = ?
      WHERE state IN ('queued', 'claimed')
      """, now)
    try open(
      CaseRecord(
        id: caseID, kind: .restored,
        note: "A backup was restored. \(summary.held) messages that waited in it are held: nobody "
          + "knows whether they were sent. What came in after the backup is missing here.",
        at: now))
    return summary
  }

  private func nextEpoch() throws -> Int64 {
    try first(
      """
      INSERT INTO settings (name, value) VALUES ('epoch', '2')
      ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1
      RETURNING CAST(value AS INTEGER)
      """
    ) { $0.integer(0) } ?? 2
  }
}
