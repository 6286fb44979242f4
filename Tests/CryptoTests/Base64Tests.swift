import Crypto
import Support
import Testing

@Suite struct Base64Tests {
  /// The vectors of RFC 4648 section 10.
  static let vectors = [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ]

  @Test(arguments: vectors)
  func `the vectors of RFC 4648 come out and back`(plain: String, text: String) {
    #expect(Base64.encode(Array(plain.utf8)) == text)
    #expect(Base64.decode(text) == Array(plain.utf8))
  }

  @Test(arguments: [
    "Zg", "Zg=", "Zg===", "=Zg=", "Z===", "====", "Zm9v=", "Zm8=Zm8=", "Zh==", "Zm9=", "Zm 8=",
    "Zm8=\n", "Zm9v-_==", "Zm9é", "\u{0}AAA",
  ])
  func `any other spelling is refused`(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test func `random bytes come back, and random text decodes to one spelling or not at all`() {
    var random = SplitMix64(seed: 64)
    for _ in 0..<10_000 {
      let bytes = random.bytes(upTo: 70)
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
      guard let decoded = Base64.decode(bytes) else { continue }
      #expect(Array(Base64.encode(decoded).utf8) == bytes)
    }
  }
}
