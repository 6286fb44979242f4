import Crypto
import Testing

@Suite struct ConstantTimeTests {
  @Test(
    arguments: [
      ([], [], true), ([1], [1], true), ([1], [2], false), ([1, 2], [1], false), ([], [0], false),
    ] as [([UInt8], [UInt8], Bool)])
  func `bytes are equal when all of them are`(left: [UInt8], right: [UInt8], isEqual: Bool) {
    #expect(constantTimeEqual(left, right) == isEqual)
    #expect(constantTimeEqual(right, left) == isEqual)
  }

  @Test func `letters that only look equal are not`() {
    let composed = Array("\u{E9}".utf8)
    let decomposed = Array("e\u{301}".utf8)
    #expect(!constantTimeEqual(composed, decomposed))
    #expect(Secret(composed) != Secret(decomposed))
  }
}
