import Glibc

/// Reads a journal file line by line, and never holds more of it than one chunk and one entry.
struct JournalReader {
  private let descriptor: Int32
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)
  private var place = 0
  private var end = 0

  /// Reads from the open file, which stays the caller's.
  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The next line with its line break; nil after the last.
  ///
  /// A line that is longer than any entry, and one that is no text, is empty.
  mutating func nextLine() throws(JournalError) -> String? {
    var line: [UInt8] = []
    var isTooLong = false
    while true {
      if place == end {
        guard try fill() else { return line.isEmpty ? nil : "" }
      }
      let stop = lineEnd ?? end
      if line.count + stop - place > JournalEntry.longestLine { isTooLong = true }
      if !isTooLong { line += chunk[place..<stop] }
      place = stop
      guard chunk[stop - 1] == 10 else { continue }
      return isTooLong ? "" : String(validating: line, as: UTF8.self) ?? ""
    }
  }

  /// The place after the next line break in the chunk; nil where there is none.
  private var lineEnd: Int? {
    chunk.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return nil }
      return memchr(start + place, 10, end - place).map { UnsafeRawPointer($0) - start + 1 }
    }
  }

  /// Reads the next chunk; false at the end of the file.
  private mutating func fill() throws(JournalError) -> Bool {
    var count = 0
    repeat {
      count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw JournalError(operation: "read", errorNumber: errno) }
    place = 0
    end = count
    return count > 0
  }
}
