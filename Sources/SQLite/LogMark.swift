/// The last commit that the shared memory beside a log knows of.
///
/// SQLite notes a commit there once its frames are flushed, in memory that the system writes to the
/// file `-shm` by and by: so whatever is found there is a commit that the log must hold. After the
/// end of a process it is the very last one; after a power cut it may be an older one.
/// Source: <https://www.sqlite.org/walformat.html#the_wal_index_header>.
struct LogMark {
  /// The generation of the log that it speaks of: the salts as they lie in the log's header.
  let salts: UInt64
  /// The frames through that commit.
  let frames: Int

  /// The bytes of the two copies of it with which the file begins.
  static let byteCount = 96

  /// Reads the copy that knows of more; nil when none is whole.
  static func newest(in bytes: UnsafeRawBufferPointer) -> LogMark? {
    [0, 48].compactMap { start in
      LogMark(UnsafeRawBufferPointer(rebasing: bytes[start..<start + 48]))
    }.max { $0.frames < $1.frames }
  }

  /// Reads one copy, in the byte order of the machine; nil when it is not whole, or not of a log
  /// that was set up.
  private init?(_ bytes: UnsafeRawBufferPointer) {
    var sum = LogChecksum()
    sum.add(UnsafeRawBufferPointer(rebasing: bytes[..<40]))
    func word(_ offset: Int) -> UInt32 {
      bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }
    guard word(0) == 3_007_000, bytes[12] == 1, sum.first == word(40), sum.second == word(44) else {
      return nil
    }
    frames = Int(word(16))
    salts = bytes.loadUnaligned(fromByteOffset: 32, as: UInt64.self)
  }
}
