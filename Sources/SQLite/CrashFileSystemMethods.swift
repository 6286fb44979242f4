internal import CSQLite
import Glibc
import Synchronization

/// What the library allocates for an open file: its own part, then ours.
private struct CrashFileSlot {
  var base: sqlite3_file
  var handle: Unmanaged<CrashFileHandle>?
}

private typealias FilePointer = UnsafeMutablePointer<sqlite3_file>
private typealias SystemPointer = UnsafeMutablePointer<sqlite3_vfs>

/// The table of functions that the library calls on a disk in memory.
func crashFileSystemMethods() -> sqlite3_vfs {
  var methods = sqlite3_vfs()
  methods.iVersion = 2
  methods.szOsFile = Int32(MemoryLayout<CrashFileSlot>.size)
  methods.mxPathname = 512
  methods.xOpen = open
  methods.xDelete = delete
  methods.xAccess = { vfs, path, _, result in
    result?.pointee = path.map { system(vfs).isThere(String(cString: $0)) } == true ? 1 : 0
    return SQLITE_OK
  }
  methods.xFullPathname = { _, path, count, target in
    guard let path, let target, strlen(path) < Int(count) else { return SQLITE_CANTOPEN }
    strcpy(target, path)
    return SQLITE_OK
  }
  methods.xRandomness = { vfs, count, target in
    system(vfs).fillRandomly(UnsafeMutableRawBufferPointer(start: target, count: Int(count)))
    return count
  }
  methods.xSleep = { _, microseconds in microseconds }
  methods.xGetLastError = { _, _, _ in 0 }
  // A day in 2026: nothing that is proven here may depend on SQLite's own clock.
  methods.xCurrentTime = { _, day in
    day?.pointee = 2_461_366
    return SQLITE_OK
  }
  methods.xCurrentTimeInt64 = { _, milliseconds in
    milliseconds?.pointee = 2_461_366 * 86_400_000
    return SQLITE_OK
  }
  return methods
}

/// The table of functions that the library calls on an open file.
func crashFileMethods(hasSharedMemory: Bool) -> sqlite3_io_methods {
  var methods = sqlite3_io_methods()
  methods.iVersion = hasSharedMemory ? 2 : 1
  methods.xClose = close
  methods.xRead = { file, target, count, offset in
    let handle = handle(file)
    let bytes = UnsafeMutableRawBufferPointer(start: target, count: Int(count))
    return handle.system.read(handle, into: bytes, at: Int(offset))
  }
  methods.xWrite = { file, source, count, offset in
    let handle = handle(file)
    let bytes = UnsafeRawBufferPointer(start: source, count: Int(count))
    return handle.system.write(handle, bytes, at: Int(offset))
  }
  methods.xTruncate = { file, size in
    handle(file).system.truncate(handle(file), to: Int(size))
  }
  methods.xSync = { file, _ in handle(file).system.sync(handle(file)) }
  methods.xFileSize = { file, size in
    guard let found = handle(file).system.size(handle(file)) else { return SQLITE_IOERR | 7 << 8 }
    size?.pointee = Int64(found)
    return SQLITE_OK
  }
  methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
  methods.xSectorSize = { _ in 4096 }
  methods.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
  addLocks(to: &methods)
  if hasSharedMemory { addSharedMemory(to: &methods) }
  return methods
}

private func addLocks(to methods: inout sqlite3_io_methods) {
  methods.xLock = { file, level in
    let handle = handle(file)
    return handle.system.guarded { handle.lock(level) }
  }
  methods.xUnlock = { file, level in
    let handle = handle(file)
    handle.system.guarded { handle.unlock(level) }
    return SQLITE_OK
  }
  methods.xCheckReservedLock = { file, result in
    let handle = handle(file)
    result?.pointee = handle.system.guarded { handle.isReserved } ? 1 : 0
    return SQLITE_OK
  }
}

private func addSharedMemory(to methods: inout sqlite3_io_methods) {
  methods.xShmMap = { file, region, size, extends, result in
    let handle = handle(file)
    let address = handle.system.guarded {
      UInt(
        bitPattern: handle.map(region: Int(region), bytes: Int(size), extends: extends != 0))
    }
    result?.pointee = UnsafeMutableRawPointer(bitPattern: address)
    return SQLITE_OK
  }
  methods.xShmLock = { file, first, count, flags in
    let handle = handle(file)
    return handle.system.guarded { handle.lockMemory(from: first, count: count, flags: flags) }
  }
  methods.xShmBarrier = { _ in atomicMemoryFence(ordering: .sequentiallyConsistent) }
  methods.xShmUnmap = { file, _ in
    let handle = handle(file)
    handle.system.guarded { handle.unmap() }
    return SQLITE_OK
  }
}

private func open(
  vfs: SystemPointer?, path: UnsafePointer<CChar>?, file: FilePointer?, flags: Int32,
  outFlags: UnsafeMutablePointer<Int32>?
) -> Int32 {
  guard let file else { return SQLITE_MISUSE }
  file.pointee.pMethods = nil
  let disk = system(vfs)
  let (code, handle) = disk.open(path.map { String(cString: $0) }, flags: flags)
  guard let handle else { return code }
  let slot = UnsafeMutableRawPointer(file).assumingMemoryBound(to: CrashFileSlot.self)
  slot.pointee.handle = Unmanaged.passRetained(handle)
  slot.pointee.base.pMethods = UnsafePointer(disk.methods)
  outFlags?.pointee = flags
  return SQLITE_OK
}

private func close(file: FilePointer?) -> Int32 {
  let slot = UnsafeMutableRawPointer(file)?.assumingMemoryBound(to: CrashFileSlot.self)
  let opened = handle(file)
  opened.system.close(opened)
  slot?.pointee.handle?.release()
  slot?.pointee.handle = nil
  return SQLITE_OK
}

private func delete(vfs: SystemPointer?, path: UnsafePointer<CChar>?, flushes: Int32) -> Int32 {
  guard let path else { return SQLITE_MISUSE }
  return system(vfs).delete(String(cString: path), flushesFolder: flushes & 1 != 0)
}

private func system(_ vfs: SystemPointer?) -> CrashFileSystem {
  guard let context = vfs?.pointee.pAppData else {
    preconditionFailure("the library was given a file system without its disk")
  }
  return Unmanaged<CrashFileSystem>.fromOpaque(context).takeUnretainedValue()
}

private func handle(_ file: FilePointer?) -> CrashFileHandle {
  let slot = UnsafeMutableRawPointer(file)?.assumingMemoryBound(to: CrashFileSlot.self)
  guard let handle = slot?.pointee.handle?.takeUnretainedValue() else {
    preconditionFailure("the library used a file that is not open")
  }
  return handle
}
