/// Whether a byte is a digit of ASCII.
func isDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// Whether a byte is a letter or digit of ASCII.
func isAlphanumeric(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "a")...UInt8(ascii: "z"):
    true
  default: false
  }
}

/// Below zero, zero or above it as the left text sorts before, with or after the right one.
///
/// The texts are compared by the bytes of their UTF-8.
func byteOrder(_ left: String, _ right: String) -> Int {
  let order = left.utf8.withContiguousStorageIfAvailable { left in
    right.utf8.withContiguousStorageIfAvailable { right in
      for index in 0..<min(left.count, right.count) where left[index] != right[index] {
        return Int(left[index]) - Int(right[index])
      }
      return left.count - right.count
    }
  }
  if case .some(.some(let order)) = order { return order }
  // Only texts that came from Objective-C have no such storage, and there are none here.
  return left.utf8.lexicographicallyPrecedes(right.utf8)
    ? -1 : left.utf8.elementsEqual(right.utf8) ? 0 : 1
}
