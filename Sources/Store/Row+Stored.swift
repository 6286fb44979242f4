import Messaging
import SQLite

extension Row {
  /// One of our ids in a column that always holds one.
  func id(_ column: Int) throws(StoredValueError) -> RecordID {
    guard let id = recordID(column) else { throw StoredValueError(column: column) }
    return id
  }

  /// An address in a column that always holds one.
  func address(_ column: Int) throws(StoredValueError) -> Address {
    guard let address = Address(stored: text(column)) else {
      throw StoredValueError(column: column)
    }
    return address
  }

  /// A value of a closed list in a column that always holds one.
  func choice<List: RawRepresentable>(
    _ column: Int
  ) throws(StoredValueError) -> List where List.RawValue == String {
    guard let value = List(rawValue: text(column)) else { throw StoredValueError(column: column) }
    return value
  }
}

/// A row holds something that we did not write there.
struct StoredValueError: Error {
  /// The column of the statement, from 0.
  let column: Int
}

extension Address {
  /// Reads what `text` gave; it is not checked again, since only checked addresses are stored.
  public init?(stored text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      let scheme = Scheme(rawValue: String(text[..<colon]))
    else { return nil }
    self.init(scheme: scheme, value: String(text[text.index(after: colon)...]))
  }
}

extension Transaction {
  /// Runs a part of the job that can fail by itself: its changes are undone when it throws.
  public borrowing func part<Value>(
    _ work: (borrowing Transaction) throws -> Value
  ) throws -> Value {
    try run("SAVEPOINT part")
    let mark = journal.mark
    do {
      let value = try work(self)
      try run("RELEASE part")
      return value
    } catch {
      journal.goBack(to: mark)
      try run("ROLLBACK TO part")
      try run("RELEASE part")
      throw error
    }
  }
}
