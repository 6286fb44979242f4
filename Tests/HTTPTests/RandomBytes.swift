import Support

/// Calls the body with 10,000 byte strings of up to 200 bytes, half of them made of the letters
/// given only, so that they get further into a grammar.
func forRandomBytes(of letters: String, seed: UInt64, _ body: ([UInt8]) -> Void) {
  var random = SplitMix64(seed: seed)
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
