/// The journal's lines of the group that is being put together, in the order of its jobs.
final class JournalLines {
  private let journal: Journal?
  private var bytes: [UInt8] = []

  init(journal: Journal?) {
    self.journal = journal
  }

  /// How far the lines go, to come back to when a job is undone.
  var mark: Int { bytes.count }

  func note(_ entry: JournalEntry) {
    guard journal != nil else { return }
    bytes += entry.line.utf8
  }

  func goBack(to mark: Int) {
    bytes.removeLast(bytes.count - mark)
  }

  /// Puts the lines on the journal's disk and forgets them.
  func flush() throws(JournalError) {
    guard let journal, !bytes.isEmpty else { return }
    try journal.append(bytes)
    bytes = []
  }
}
