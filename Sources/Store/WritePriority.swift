/// How soon a write is taken: the cases stand in the order in which they are.
public enum WritePriority: Int, CaseIterable, Sendable {
  /// A message or callback that waits for its answer.
  case inbound
  /// What became of a send.
  case settle
  /// The claim of the next sends.
  case claim
  /// All else: imports, schedules, clearing up; one such job takes at most 5 ms.
  case bulk
}
