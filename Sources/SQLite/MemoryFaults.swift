internal import CSQLite
import Synchronization

/// Allocations of the library that fail on purpose, to prove what happens when memory runs out.
///
/// Only a program that proves this calls it; nothing changes until `install`.
public enum MemoryFaults {
  private static let count = Atomic(0)
  private static let failing = Atomic(Int.max)
  private static let isPersistent = Atomic(false)
  private static let struck = Atomic(0)
  private static let isInstalled = Atomic(false)

  /// The library's own allocator, kept for the life of the process.
  private static let original = LibraryAllocator()

  /// Puts the failing allocator in; no connection may be open, and none may be used meanwhile.
  ///
  /// Throws when the library refuses it.
  public static func install() throws(SQLiteError) {
    guard !isInstalled.exchange(true, ordering: .relaxed) else { return }
    try check(sqlite3_shutdown())
    try check(csqlite_get_memory(original.methods))
    var ours = original.methods.pointee
    ours.xMalloc = { bytes in
      MemoryFaults.isRefused() ? nil : MemoryFaults.original.methods.pointee.xMalloc(bytes)
    }
    ours.xRealloc = { block, bytes in
      MemoryFaults.isRefused() ? nil : MemoryFaults.original.methods.pointee.xRealloc(block, bytes)
    }
    try check(csqlite_set_memory(&ours))
    try check(sqlite3_initialize())
  }

  /// Lets the allocation of that number from now fail, 1 being the next, and with `isPersistent`
  /// every one after it.
  public static func fail(number: Int, isPersistent: Bool) {
    count.store(0, ordering: .relaxed)
    struck.store(0, ordering: .relaxed)
    self.isPersistent.store(isPersistent, ordering: .relaxed)
    failing.store(number, ordering: .relaxed)
  }

  /// Lets every allocation succeed again, and returns how many failed since `fail`.
  @discardableResult
  public static func stop() -> Int {
    failing.store(.max, ordering: .relaxed)
    return struck.load(ordering: .relaxed)
  }

  private static func isRefused() -> Bool {
    let number = failing.load(ordering: .relaxed)
    guard number != .max else { return false }
    let place = count.add(1, ordering: .relaxed).newValue
    guard place == number || place > number && isPersistent.load(ordering: .relaxed) else {
      return false
    }
    struck.add(1, ordering: .relaxed)
    return true
  }

  private static func check(_ code: Int32) throws(SQLiteError) {
    guard code != SQLITE_OK else { return }
    throw SQLiteError(
      code: code, message: String(cString: sqlite3_errstr(code)), statement: "sqlite3_config")
  }
}

/// The allocator that the library had by itself.
private final class LibraryAllocator: @unchecked Sendable {
  // Invariant of `@unchecked Sendable`: written once, before the library is initialised with the
  // allocator that reads it.
  let methods: UnsafeMutablePointer<sqlite3_mem_methods>

  init() {
    methods = .allocate(capacity: 1)
    methods.initialize(to: sqlite3_mem_methods())
  }
}
