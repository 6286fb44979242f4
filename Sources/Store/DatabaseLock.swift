import Glibc

/// The right to be the one process that writes a database, held as long as the value lives.
///
/// It is a `flock` on `<database>.lock`, which the system lifts when the process dies, however it
/// dies. The file stays: removing it would let two processes lock two files of one name.
public struct DatabaseLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock, or throws at once `inUse` with the number of the process that has it.
  public init(databasePath: String) throws(StoreError) {
    let path = databasePath + ".lock"
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw .unopenable(path: path, errorNumber: errno) }
    var result: Int32
    repeat { result = flock(opened, LOCK_EX | LOCK_NB) } while result != 0 && errno == EINTR
    guard result == 0 else {
      let error = errno
      let holder = Self.processID(in: opened)
      Glibc.close(opened)
      guard error == EWOULDBLOCK else { throw .unopenable(path: path, errorNumber: error) }
      throw .inUse(processID: holder)
    }
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(opened, 0) == 0, pwrite(opened, text, text.count, 0) == text.count else {
      let error = errno
      Glibc.close(opened)
      throw .unopenable(path: path, errorNumber: error)
    }
    descriptor = opened
  }

  deinit {
    Glibc.close(descriptor)
  }

  /// Whether a process has the lock just now.
  static func isHeld(databasePath: String) -> Bool {
    let opened = open(databasePath + ".lock", O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { return false }
    defer { Glibc.close(opened) }
    return flock(opened, LOCK_SH | LOCK_NB) != 0
  }

  /// The number that the holder wrote; nil where it has not yet, or it is not a number.
  private static func processID(in descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    let digits = bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }
    return Int32(String(decoding: digits, as: UTF8.self))
  }
}
