/// The one folder of a disk in memory: its files by name, and the changes of names since its flush.
struct CrashFolder {
  /// The files as programs find them.
  private(set) var names: [String: CrashFile]
  /// The files that are found after a power cut.
  private(set) var durableNames: [String: CrashFile]
  private var pending: [(order: Int, path: String, file: CrashFile?)] = []
  private var order = 0

  init(_ files: [String: CrashFile] = [:]) {
    names = files
    durableNames = files
  }

  /// The bytes of all files together.
  var bytes: Int { names.values.reduce(0) { $0 + $1.current.count } }

  /// Gives a new file its name.
  mutating func add(_ file: CrashFile, _ path: String) {
    names[path] = file
    pending.append((nextOrder(), path, file))
  }

  /// Takes a file's name away; false when there is none of that name.
  mutating func remove(_ path: String) -> Bool {
    guard names.removeValue(forKey: path) != nil else { return false }
    pending.append((nextOrder(), path, nil))
    return true
  }

  /// Writes bytes to a file.
  mutating func write(_ bytes: UnsafeRawBufferPointer, to file: CrashFile, at offset: Int) {
    let copy = [UInt8](unsafeUninitializedCapacity: bytes.count) { target, count in
      UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
      count = bytes.count
    }
    file.change(.write(at: offset, copy), order: nextOrder())
  }

  /// Cuts a file.
  mutating func truncate(_ file: CrashFile, to size: Int) {
    file.change(.truncate(to: size), order: nextOrder())
  }

  /// Makes every change of names safe.
  mutating func flush() {
    for change in pending { durableNames[change.path] = change.file }
    pending.removeAll(keepingCapacity: true)
  }

  /// The folder as it is found after the power went.
  func afterPowerCut(_ random: inout CrashRandom) -> CrashFolder {
    let manner = manner(&random)
    var found = durableNames
    var reached: [String: Bool] = [:]
    for change in pending {
      let survives: Bool
      switch manner {
      case .nothing: survives = false
      case .everything: survives = true
      case .upTo(let order): survives = change.order < order
      case .scattered:
        survives = reached[change.path, default: true] && random.below(2) == 0
        reached[change.path] = survives
      }
      if survives { found[change.path] = change.file }
    }
    // In the order of names, so that the seed alone decides, not the order of a dictionary.
    var files: [String: CrashFile] = [:]
    for (path, file) in found.sorted(by: { $0.key < $1.key }) {
      files[path] = CrashFile(file.survivors(manner, &random))
    }
    return CrashFolder(files)
  }

  private func manner(_ random: inout CrashRandom) -> CrashManner {
    switch random.below(10) {
    case 0: return .nothing
    case 1: return .everything
    case 2...4:
      let orders = names.values.flatMap { $0.pending.map(\.order) }.sorted()
      return orders.isEmpty ? .nothing : .upTo(order: orders[random.below(orders.count)])
    default: return .scattered
    }
  }

  private mutating func nextOrder() -> Int {
    order += 1
    return order
  }
}
