import Support

extension SplitMix64 {
  /// A text of random bytes read as UTF-8, with what is not UTF-8 replaced.
  mutating func hostileText(upTo limit: Int) -> String {
    let count = Int.random(in: 0...limit, using: &self)
    var bytes: [UInt8] = []
    while bytes.count < count { withUnsafeBytes(of: next()) { bytes.append(contentsOf: $0) } }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// A text of random members of `alphabet`.
  mutating func text(from alphabet: [Unicode.Scalar], count: Int) -> String {
    var view = String.UnicodeScalarView()
    for _ in 0..<count {
      if let scalar = alphabet.randomElement(using: &self) { view.append(scalar) }
    }
    return String(view)
  }
}

/// Whether both texts are the same bytes, which `==` does not say.
func isSame(_ left: String, _ right: String) -> Bool {
  left.utf8.elementsEqual(right.utf8)
}
