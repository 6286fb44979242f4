import Crypto
import Testing

@Suite struct SecureRandomTests {
  @Test(arguments: [0, 1, 16, 4096])
  func `as many bytes come as were asked for`(count: Int) {
    #expect(SecureRandom.bytes(count).count == count)
  }

  @Test func `no two draws are alike and every value comes up`() {
    #expect(SecureRandom.bytes(32) != SecureRandom.bytes(32))
    #expect(Set(SecureRandom.bytes(16_384)).count == 256)
  }
}
