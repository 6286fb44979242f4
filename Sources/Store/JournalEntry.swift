import Messaging

/// Something that a restored backup must not forget.
public enum JournalEntry: Equatable, Sendable {
  /// The address wants no more; `isCarrier` when the network says so.
  case optOut(Address, isCarrier: Bool)
  /// The address wants messages again.
  case optIn(Address)
  /// The provider has the message.
  case accepted(RecordID)

  /// The entry as a line: its words, the end mark that a cut line lacks, and a line break.
  public var line: String {
    switch self {
    case .optOut(let address, let isCarrier):
      "stop \(address.text) \(isCarrier ? "carrier" : "word") .\n"
    case .optIn(let address): "start \(address.text) .\n"
    case .accepted(let id): "accepted \(id.text) .\n"
    }
  }

  /// Reads what `line` gave; nil for anything else, such as a line that was cut short.
  public init?(line: String) {
    guard line.hasSuffix(" .\n") else { return nil }
    let words = line.dropLast(3).split(separator: " ")
    switch (words.first, words.count) {
    case ("stop", 3):
      guard let address = Address(stored: String(words[1])) else { return nil }
      self = .optOut(address, isCarrier: words[2] == "carrier")
    case ("start", 2):
      guard let address = Address(stored: String(words[1])) else { return nil }
      self = .optIn(address)
    case ("accepted", 2):
      guard let id = RecordID(text: String(words[1])) else { return nil }
      self = .accepted(id)
    default: return nil
    }
  }
}

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
