import Glibc
import Messaging

/// A file off the database's disk that holds what a restored backup must not forget.
///
/// Each entry is on that disk before the commit that it belongs to, so nothing that was acknowledged
/// is missing from it. An entry whose commit then failed does no harm: it says that somebody wants
/// no more, or that a provider has a message, and both are true all the same.
public struct Journal: Sendable {
  /// Appends bytes and flushes them; throws when that did not succeed.
  public let append: @Sendable ([UInt8]) throws(JournalError) -> Void

  /// Makes a journal from what appends to it.
  public init(append: @escaping @Sendable ([UInt8]) throws(JournalError) -> Void) {
    self.append = append
  }

  /// Opens or makes the journal at `path`, which only its owner may read.
  ///
  /// A line that a crash cut short is ended, so that the next entry stands on a line of its own.
  public init(path: String) throws(JournalError) {
    let file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw JournalError(operation: "open", errorNumber: errno) }
    let opened = JournalFile(descriptor: file)
    try opened.endLastLine()
    append = { bytes throws(JournalError) in try opened.append(bytes) }
  }

  /// Hands every entry of a journal file to `each`, in order, and returns how many there were.
  ///
  /// What is no whole entry is left out: a line that a crash cut short, and whatever else got into
  /// the file. It takes little memory however long the file or a line is. Throws `JournalError`
  /// when the file cannot be read, and what `each` throws.
  @discardableResult
  public static func read(_ path: String, each: (JournalEntry) throws -> Void) throws -> Int {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw JournalError(operation: "open", errorNumber: errno) }
    defer { close(file) }
    var reader = JournalReader(descriptor: file)
    var count = 0
    while let line = try reader.nextLine() {
      guard let entry = JournalEntry(line: line) else { continue }
      try each(entry)
      count += 1
    }
    return count
  }
}

/// Why the journal could not be written or read.
public struct JournalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried: open, write, flush or read.
  public let operation: String
  /// The system's error number.
  public let errorNumber: Int32

  /// Makes an error.
  public init(operation: String, errorNumber: Int32) {
    self.operation = operation
    self.errorNumber = errorNumber
  }

  /// A sentence for people, with what to do.
  public var description: String {
    "The journal could not be used (\(operation), error \(errorNumber)). Check its disk and rights."
  }
}

/// The open file of a journal; the one writer thread uses it.
private final class JournalFile: Sendable {
  private let descriptor: Int32

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  func append(_ bytes: [UInt8]) throws(JournalError) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw JournalError(operation: "write", errorNumber: errno) }
      sent += count
    }
    guard fdatasync(descriptor) == 0 else {
      throw JournalError(operation: "flush", errorNumber: errno)
    }
  }

  func endLastLine() throws(JournalError) {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size > 0 else { return }
    var last: UInt8 = 0
    guard pread(descriptor, &last, 1, size - 1) == 1 else {
      throw JournalError(operation: "read", errorNumber: errno)
    }
    if last != 10 { try append([10]) }
  }
}
