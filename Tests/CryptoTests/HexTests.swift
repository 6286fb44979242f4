import Crypto
import Testing

@Suite struct HexTests {
  @Test func `every byte comes back`() {
    let bytes = (0...255).map { UInt8($0) }
    #expect(Hex.decode(Hex.encode(bytes)) == bytes)
    #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
    #expect(Hex.encode([0x0F, 0xA0]) == "0fa0")
  }

  @Test(arguments: ["0", "0g", "0x00", " 00", "00\n", "é", "-1"])
  func `anything but pairs of digits is refused`(text: String) {
    #expect(Hex.decode(text) == nil)
  }
}
