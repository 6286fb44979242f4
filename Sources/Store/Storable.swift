import Messaging
import SQLite

/// A value that a statement can take.
public protocol Storable: Sendable {
  /// Binds the value to the place `index`, counted from 1.
  func bind(to statement: borrowing PreparedStatement, at index: Int) throws(SQLiteError)
}

extension Int64: Storable {
  /// Binds a whole number.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    try statement.bind(self, at: index)
  }
}

extension Int: Storable {
  /// Binds a whole number.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    try statement.bind(Int64(self), at: index)
  }
}

extension Bool: Storable {
  /// Binds 1 for true and 0 for false.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    try statement.bind(self ? 1 as Int64 : 0, at: index)
  }
}

extension Double: Storable {
  /// Binds a floating-point number.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    try statement.bind(self, at: index)
  }
}

extension String: Storable {
  /// Binds text as its UTF-8 bytes.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    try statement.bind(self, at: index)
  }
}

extension Array: Storable where Element == UInt8 {
  /// Binds bytes.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    try statement.bind(self, at: index)
  }
}

extension Optional: Storable where Wrapped: Storable {
  /// Binds the value, or NULL for nil.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    guard let self else { return try statement.bindNull(at: index) }
    try self.bind(to: statement, at: index)
  }
}

extension Instant: Storable {
  /// Binds the milliseconds since 1970.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    try statement.bind(milliseconds, at: index)
  }
}

extension Address: Storable {
  /// Binds the text form, `scheme:value`.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    try statement.bind(text, at: index)
  }
}

extension RecordID: Storable {
  /// Binds the 16 bytes, highest first.
  public func bind(
    to statement: borrowing PreparedStatement, at index: Int
  ) throws(SQLiteError) {
    let halves = (high.bigEndian, low.bigEndian)
    let bound: Result<Void, SQLiteError> = withUnsafeBytes(of: halves) { bytes in
      Result { () throws(SQLiteError) in try statement.bind(bytes: bytes, at: index) }
    }
    try bound.get()
  }
}
