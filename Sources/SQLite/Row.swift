internal import CSQLite

/// The row that a statement stands on, read by column, counted from 0.
///
/// It cannot be kept: what is read is copied. A column that is NULL, or that is not there, reads as
/// 0, the empty text or no bytes; ask `isNull`, or use the `optional…` forms.
public struct Row: ~Copyable {
  private let statement: OpaquePointer

  init(statement: OpaquePointer) {
    self.statement = statement
  }

  /// Whether the column is NULL.
  public borrowing func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(statement, Int32(truncatingIfNeeded: column)) == SQLITE_NULL
  }

  /// A whole number.
  public borrowing func integer(_ column: Int) -> Int64 {
    sqlite3_column_int64(statement, Int32(truncatingIfNeeded: column))
  }

  /// A floating-point number.
  public borrowing func real(_ column: Int) -> Double {
    sqlite3_column_double(statement, Int32(truncatingIfNeeded: column))
  }

  /// Whether the whole number is not 0.
  public borrowing func flag(_ column: Int) -> Bool { integer(column) != 0 }

  /// Text, with any NUL it holds; bytes that are not UTF-8 become U+FFFD.
  public borrowing func text(_ column: Int) -> String {
    withTextBytes(column) { String(decoding: $0, as: UTF8.self) }
  }

  /// Bytes.
  public borrowing func blob(_ column: Int) -> [UInt8] {
    withBytes(column) { [UInt8]($0) }
  }

  /// A whole number; nil for NULL.
  public borrowing func optionalInteger(_ column: Int) -> Int64? {
    isNull(column) ? nil : integer(column)
  }

  /// A floating-point number; nil for NULL.
  public borrowing func optionalReal(_ column: Int) -> Double? {
    isNull(column) ? nil : real(column)
  }

  /// Text; nil for NULL.
  public borrowing func optionalText(_ column: Int) -> String? {
    isNull(column) ? nil : text(column)
  }

  /// Bytes; nil for NULL.
  public borrowing func optionalBlob(_ column: Int) -> [UInt8]? {
    isNull(column) ? nil : blob(column)
  }

  /// Reads the bytes of a blob where they lie; they are gone when `read` returns.
  public borrowing func withBytes<Value>(
    _ column: Int, _ read: (UnsafeRawBufferPointer) throws -> Value
  ) rethrows -> Value {
    let column = Int32(truncatingIfNeeded: column)
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return try read(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// Reads the UTF-8 bytes of a text where they lie; they are gone when `read` returns.
  public borrowing func withTextBytes<Value>(
    _ column: Int, _ read: (UnsafeBufferPointer<UInt8>) throws -> Value
  ) rethrows -> Value {
    let column = Int32(truncatingIfNeeded: column)
    let start = sqlite3_column_text(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return try read(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}
