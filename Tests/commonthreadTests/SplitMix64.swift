import Foundation

/// A seeded generator, so that a failing run can be repeated.
///
/// Source: <https://prng.di.unimi.it/splitmix64.c>.
struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A generator of its own for one text, so that what is drawn does not depend on the order.
  init(seed: UInt64, for text: String) {
    state = text.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The seed that the environment names, else the standard one.
  static var chosenSeed: UInt64 {
    ProcessInfo.processInfo.environment["COMMONTHREAD_SEED"].flatMap { UInt64($0) } ?? 20_261_121
  }
}
