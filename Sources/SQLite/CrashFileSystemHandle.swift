internal import CSQLite

/// An open file on a disk in memory, with the locks that it holds.
final class CrashFileHandle {
  let file: CrashFile
  /// The disk, which its open files keep alive.
  let system: CrashFileSystem
  /// The disk's epoch: a power cut ends it, and every handle of it.
  let epoch: Int
  /// Whether the next flush also flushes the folder, as for a journal that was just made.
  var flushesFolder = false
  private var level = SQLITE_LOCK_NONE
  private var sharedSlots: UInt16 = 0
  private var exclusiveSlots: UInt16 = 0
  private var usesMemory = false

  init(_ file: CrashFile, _ system: CrashFileSystem, _ epoch: Int) {
    self.file = file
    self.system = system
    self.epoch = epoch
  }

  private var others: some Sequence<CrashFileHandle> { file.handles.lazy.filter { $0 !== self } }

  /// Raises the lock on the file.
  ///
  /// Source: <https://www.sqlite.org/lockingv3.html>.
  func lock(_ wanted: Int32) -> Int32 {
    guard level < wanted else { return SQLITE_OK }
    let limit = wanted == SQLITE_LOCK_SHARED ? SQLITE_LOCK_PENDING : SQLITE_LOCK_RESERVED
    if others.contains(where: { $0.level >= limit }) { return SQLITE_BUSY }
    if wanted == SQLITE_LOCK_EXCLUSIVE, others.contains(where: { $0.level > SQLITE_LOCK_NONE }) {
      level = SQLITE_LOCK_PENDING
      return SQLITE_BUSY
    }
    level = wanted
    return SQLITE_OK
  }

  /// Lowers the lock on the file.
  func unlock(_ wanted: Int32) {
    level = min(level, wanted)
  }

  /// Whether anyone is about to write the file.
  var isReserved: Bool { file.handles.contains { $0.level >= SQLITE_LOCK_RESERVED } }

  /// The address of a region of the shared memory; nil when it is not there and not to be made.
  func map(region: Int, bytes: Int, extends: Bool) -> UnsafeMutableRawPointer? {
    usesMemory = true
    return file.memory.region(region, bytes: bytes, extends: extends)
  }

  /// Takes or leaves locks of the shared memory.
  ///
  /// Source: <https://www.sqlite.org/walformat.html>.
  func lockMemory(from first: Int32, count: Int32, flags: Int32) -> Int32 {
    let slots = UInt16(truncatingIfNeeded: (1 << (first + count)) - (1 << first))
    if flags & SQLITE_SHM_UNLOCK != 0 {
      sharedSlots &= ~slots
      exclusiveSlots &= ~slots
      return SQLITE_OK
    }
    let isExclusive = flags & SQLITE_SHM_EXCLUSIVE != 0
    let isTaken = others.contains { other in
      (other.exclusiveSlots | (isExclusive ? other.sharedSlots : 0)) & slots != 0
    }
    guard !isTaken else { return SQLITE_BUSY }
    if isExclusive { exclusiveSlots |= slots } else { sharedSlots |= slots }
    return SQLITE_OK
  }

  /// Gives the shared memory up; it goes with the last handle that uses it.
  func unmap() {
    usesMemory = false
    sharedSlots = 0
    exclusiveSlots = 0
    if !file.handles.contains(where: \.usesMemory) { file.memory = CrashSharedMemory() }
  }

  /// Closes the handle.
  func leave() {
    unmap()
    file.handles.removeAll { $0 === self }
  }
}

/// Memory in regions that stay where they are, as the index of a write-ahead log needs it.
final class CrashSharedMemory {
  private var regions: [UnsafeMutableRawPointer] = []

  deinit {
    for region in regions { region.deallocate() }
  }

  /// The region of that number, made of zeros with all before it where `extends` says so.
  func region(_ number: Int, bytes: Int, extends: Bool) -> UnsafeMutableRawPointer? {
    while extends, regions.count <= number {
      let made = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
      made.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
      regions.append(made)
    }
    return number < regions.count ? regions[number] : nil
  }
}
