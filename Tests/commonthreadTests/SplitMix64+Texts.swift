import Foundation
import Support

extension SplitMix64 {
  /// A generator of its own for one text, so that what is drawn does not depend on the order.
  init(seed: UInt64, for text: String) {
    self.init(
      seed: text.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01B3
      })
  }

  /// The seed that the environment names, else the standard one.
  static var chosenSeed: UInt64 {
    ProcessInfo.processInfo.environment["COMMONTHREAD_SEED"].flatMap { UInt64($0) } ?? 20_261_121
  }
}
