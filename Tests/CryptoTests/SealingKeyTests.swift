import Testing

@testable import Crypto

@Suite struct SealingKeyTests {
  /// A case of the GCM specification of McGrew and Viega, appendix B, with a 256-bit key.
  struct Vector: Sendable {
    let key, nonce, purpose, plain, sealed: String
  }

  static let vectors = [
    Vector(
      key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12),
      purpose: "", plain: "", sealed: "530f8afbc74536b9a963b4f1c4cb738b"),
    Vector(
      key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12),
      purpose: "", plain: String(repeating: "00", count: 16),
      sealed: "cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919"),
    Vector(
      key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
      nonce: "cafebabefacedbaddecaf888", purpose: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
      plain: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
      sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        + "76fc6ece0f4e1768cddf8853bb2d551b"),
  ]

  @Test(arguments: vectors)
  func `the published vectors come out and open again`(vector: Vector) throws {
    let key = try SealingKey(Secret(#require(Hex.decode(vector.key))))
    let plain = try #require(Hex.decode(vector.plain))
    let purpose = try #require(Hex.decode(vector.purpose))
    let nonce = try #require(Hex.decode(vector.nonce))
    let box = key.seal(plain, purpose: purpose, nonce: nonce)
    #expect(Hex.encode(box) == vector.nonce + vector.sealed)
    #expect(try key.open(box, purpose: purpose) == plain)
  }

  @Test func `a changed, cut or moved box does not open`() throws {
    let key = try SealingKey(Secret(SecureRandom.bytes(32)))
    let other = try SealingKey(Secret(SecureRandom.bytes(32)))
    let box = key.seal(Array("2, and my boiler is dead".utf8), purpose: [7])
    for index in box.indices {
      var changed = box
      changed[index] ^= 1
      #expect(throws: CryptoError.notAuthentic) { try key.open(changed, purpose: [7]) }
      let cut = Array(box[..<index])
      #expect(throws: CryptoError.notAuthentic) { try key.open(cut, purpose: [7]) }
    }
    #expect(throws: CryptoError.notAuthentic) { try key.open(box, purpose: [8]) }
    #expect(throws: CryptoError.notAuthentic) { try key.open(box) }
    #expect(throws: CryptoError.notAuthentic) { try other.open(box, purpose: [7]) }
  }

  @Test func `sealing the same twice does not show that it is the same`() throws {
    let key = try SealingKey(Secret(SecureRandom.bytes(32)))
    #expect(key.seal([1]) != key.seal([1]))
    #expect(key.seal([]).count == SealingKey.overhead)
  }

  @Test(arguments: [0, 16, 31, 33])
  func `a key of another length is refused`(count: Int) {
    #expect(throws: CryptoError.keySize(count)) {
      try SealingKey(Secret([UInt8](repeating: 0, count: count)))
    }
  }
}
