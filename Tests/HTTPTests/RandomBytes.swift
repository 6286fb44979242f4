/// The same pseudo-random numbers in every run (SplitMix64).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Calls the body with 10,000 byte strings of up to 200 bytes, half of them made of the letters
/// given only, so that they get further into a grammar.
func forRandomBytes(of letters: String, seed: UInt64, _ body: ([UInt8]) -> Void) {
  var random = SplitMix64(state: seed)
  let letters = Array(letters.utf8)
  for round in 0..<10_000 {
    let count = Int.random(in: 0...200, using: &random)
    body(
      (0..<count).map { _ in
        round.isMultiple(of: 2)
          ? UInt8.random(in: 0...255, using: &random)
          : letters[Int.random(in: 0..<letters.count, using: &random)]
      })
  }
}
