/// A file on a disk in memory: what would survive a power cut, and the changes since its last flush.
final class CrashFile {
  /// What programs read.
  private(set) var current: [UInt8]
  /// What is safe.
  private(set) var durable: [UInt8]
  /// What was done since the last flush, in order.
  private(set) var pending: [Change] = []
  /// The handles that are open on it.
  var handles: [CrashFileHandle] = []
  /// The memory that its handles share, in regions.
  var memory = CrashSharedMemory()

  /// One change, and its place in the order of all changes of the disk.
  struct Change {
    let order: Int
    let kind: Kind

    enum Kind {
      case write(at: Int, [UInt8])
      case truncate(to: Int)
    }
  }

  /// The bytes that a disk writes as one, or not at all.
  static let sector = 512

  init(_ content: [UInt8] = []) {
    current = content
    durable = content
  }

  /// Copies bytes out, with zeros for those that are not there; false when any was missing.
  func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
    let count = max(0, min(bytes.count, current.count - offset))
    guard let target = bytes.baseAddress else { return true }
    if count > 0 {
      current.withUnsafeBytes { source in
        if let start = source.baseAddress {
          target.copyMemory(from: start + offset, byteCount: count)
        }
      }
    }
    guard count < bytes.count else { return true }
    (target + count).initializeMemory(as: UInt8.self, repeating: 0, count: bytes.count - count)
    return false
  }

  /// Changes what programs read, and notes the change.
  func change(_ kind: Change.Kind, order: Int) {
    Self.apply(kind, to: &current)
    pending.append(Change(order: order, kind: kind))
  }

  /// Changes bits of a byte that is there.
  func damage(at offset: Int, mask: UInt8) {
    current[offset] ^= mask
    if offset < durable.count { durable[offset] ^= mask }
  }

  /// Makes every change safe.
  func flush() {
    for change in pending { Self.apply(change.kind, to: &durable) }
    pending.removeAll(keepingCapacity: true)
  }

  /// Forgets the changes as a kernel does after a flush that failed: some reached the disk, the
  /// others never will, though programs still read them.
  func failFlush(_ random: inout CrashRandom) {
    durable = survivors(.scattered, &random)
    pending.removeAll(keepingCapacity: true)
  }

  /// What is found after the power went.
  func survivors(_ manner: CrashManner, _ random: inout CrashRandom) -> [UInt8] {
    var content = durable
    switch manner {
    case .nothing: break
    case .everything: content = current
    case .upTo(let order):
      for change in pending where change.order < order { Self.apply(change.kind, to: &content) }
      if let last = pending.first(where: { $0.order == order }) {
        Self.tear(last.kind, into: &content, &random)
      }
    case .scattered: scatter(into: &content, &random)
    }
    return content
  }

  /// Gives each sector the bytes of some moment since the last flush, and the file a length of one.
  private func scatter(into content: inout [UInt8], _ random: inout CrashRandom) {
    var reached: [Int: Int] = [:]
    let moments = pending.count + 1
    var sizes = [content.count]
    var full = content
    for (index, change) in pending.enumerated() {
      switch change.kind {
      case .write(let offset, let bytes):
        if full.count < offset + bytes.count { Self.extend(&full, to: offset + bytes.count) }
        Self.eachSector(of: offset, bytes.count) { sector, range in
          let moment = reached[sector] ?? random.below(moments)
          reached[sector] = moment
          guard index < moment else { return }
          Self.copy(bytes, range.lowerBound - offset, to: &full, range)
        }
        sizes.append(max(sizes[index], offset + bytes.count))
      case .truncate(let size):
        sizes.append(size)
      }
    }
    let size = sizes[random.below(sizes.count)]
    if size < full.count {
      full.removeLast(full.count - size)
    } else {
      Self.extend(&full, to: size)
    }
    content = full
  }

  /// Does a change in part: the first sectors of a write, and of the next one some bytes.
  private static func tear(
    _ kind: Change.Kind, into content: inout [UInt8], _ random: inout CrashRandom
  ) {
    switch kind {
    case .write(let offset, let bytes):
      let length = random.below(bytes.count + 1)
      apply(.write(at: offset, Array(bytes[..<length])), to: &content)
    case .truncate:
      if random.below(2) == 0 { apply(kind, to: &content) }
    }
  }

  private static func apply(_ kind: Change.Kind, to content: inout [UInt8]) {
    switch kind {
    case .write(let offset, let bytes):
      extend(&content, to: offset + bytes.count)
      copy(bytes, 0, to: &content, offset..<(offset + bytes.count))
    case .truncate(let size):
      if size < content.count { content.removeLast(content.count - size) }
    }
  }

  private static func extend(_ content: inout [UInt8], to size: Int) {
    guard content.count < size else { return }
    content += [UInt8](repeating: 0, count: size - content.count)
  }

  /// Copies the bytes from `start` on to a place that is there.
  private static func copy(
    _ bytes: [UInt8], _ start: Int, to content: inout [UInt8], _ place: Range<Int>
  ) {
    content.withUnsafeMutableBytes { target in
      bytes.withUnsafeBytes { source in
        guard let to = target.baseAddress, let from = source.baseAddress else { return }
        (to + place.lowerBound).copyMemory(from: from + start, byteCount: place.count)
      }
    }
  }

  private static func eachSector(
    of offset: Int, _ count: Int, _ body: (Int, Range<Int>) -> Void
  ) {
    var start = offset
    while start < offset + count {
      let number = start / sector
      let end = min((number + 1) * sector, offset + count)
      body(number, start..<end)
      start = end
    }
  }
}

/// How much of what was not flushed is found after a power cut.
enum CrashManner {
  /// None of it.
  case nothing
  /// All of it.
  case everything
  /// What was done before this place in the order of changes, and that one in part.
  case upTo(order: Int)
  /// Any of its sectors, in any order.
  case scattered
}

/// A small generator of repeatable random numbers (SplitMix64).
///
/// Source: <https://prng.di.unimi.it/splitmix64.c>.
struct CrashRandom {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A number from 0 up to, not with, `bound`, which is above 0.
  mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: next() % UInt64(bound)) }
}
