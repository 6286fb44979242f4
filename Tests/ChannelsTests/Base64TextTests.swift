import Crypto
import Support
import Testing

@testable import Channels

@Suite struct Base64TextTests {
  static let texts = [
    "Hello, I am writing about the lift in Elm House, which broke again.",
    "Dzień dobry, winda w naszym budynku znowu nie działa.\r\nPozdrawiam",
    "楼里的电梯从星期二开始就坏了一直没有人来修理请尽快派人来看看谢谢",
    "👍🏽 yes please, we would all like the garden to be open to everyone!",
  ]

  @Test(arguments: texts)
  func `a long text that a network encoded is read`(text: String) {
    #expect(textInBase64(Base64.encode(Array(text.utf8))) == text)
  }

  @Test(arguments: [
    // Too short, although it decodes.
    "SGVsbG8sIEkgYW0gd3JpdGluZw==",
    // A person leaning on a key, or laughing, or typing a rhythm.
    String(repeating: "A", count: 64), String(repeating: "V", count: 64),
    String(repeating: "haha", count: 16), String(repeating: "VGVs", count: 16),
    // Words with spaces, a link, a code.
    "the lift on floor three has been broken since tuesday and nobody came",
    "https://www.example.com/a/very/long/link/that/somebody/pasted/in/here",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab",
    // Padding missing, and bits that belong to no byte.
    "SGVsbG8sIEkgYW0gd3JpdGluZyBhYm91dCB0aGUgbGlmdCBpbiBFbG0gSG91c2U",
    "SGVsbG8sIEkgYW0gd3JpdGluZyBhYm91dCB0aGUgbGlmdCBpbiBFbG0gSG91c2V=",
  ])
  func `a person's own words are left alone`(body: String) {
    #expect(textInBase64(body) == nil)
  }

  @Test func `control characters, private ones and broken UTF-8 are not text`() {
    let start = Array("Hello, I am writing about the lift in Elm House ".utf8)
    for end in [[0x00], [0x07], [0x1B], [0xFF], [0xC3], [0xEE, 0x80, 0x80], [0xC2, 0x85]] {
      #expect(textInBase64(Base64.encode(start + end.map { UInt8($0) })) == nil)
    }
  }

  @Test func `random letters are left alone`() {
    var random = SplitMix64(seed: 60)
    let letters = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    for _ in 0..<10_000 {
      let body = (0..<64).map { _ in letters[Int(random.next() % 64)] }
      #expect(textInBase64(String(decoding: body, as: UTF8.self)) == nil)
    }
  }
}
