import Crypto

/// What happened in a run, as one hash, and the last of it in words where they are kept.
struct SimulationTrace {
  /// The words of the last happenings; empty unless they are kept.
  private(set) var lines: [String] = []
  private let keeps: Int
  private var bytes: [UInt8] = []
  private var hash: [UInt8] = []

  /// Makes a trace that keeps the words of so many happenings.
  init(keeping lines: Int) {
    keeps = lines
    bytes.reserveCapacity(1 << 16)
  }

  /// Notes a happening: when, what kind, one number that tells it from its like, and its words.
  mutating func note(
    _ at: Int64, _ kind: UInt8, _ number: UInt64, _ words: @autoclosure () -> String
  ) {
    withUnsafeBytes(of: at) { bytes.append(contentsOf: $0) }
    bytes.append(kind)
    withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    if bytes.count > 60_000 { fold() }
    guard keeps > 0 else { return }
    if lines.count >= 2 * keeps { lines.removeFirst(keeps) }
    lines.append("\(time(at)) \(words())")
  }

  /// The hash of all that was noted, in 16 hexadecimal digits.
  mutating func digest() -> String {
    fold()
    return Hex.encode(Array(hash.prefix(8)))
  }

  private mutating func fold() {
    hash = SHA256.hash(hash + bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  private func time(_ at: Int64) -> String {
    let day = at / 86_400_000
    let ms = at % 86_400_000
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(ms / 3_600_000)):\(two(ms / 60_000 % 60)):\(two(ms / 1000 % 60))"
    return "\(day)d \(clock).\(ms % 1000)"
  }
}
