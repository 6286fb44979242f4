internal import CCrypto

/// A key that seals bytes so that only its holder can read them and nobody can change them unseen.
///
/// AES-256-GCM of NIST SP 800-38D with a random 96-bit nonce for each box. One key seals at most
/// 2³² boxes (SP 800-38D 8.3), far more than an hour's or a poll's messages. Source:
/// <https://docs.openssl.org/3.0/man3/EVP_EncryptInit/>.
public struct SealingKey: Sendable {
  /// The length of a key in bytes.
  public static let size = 32

  /// How many bytes a box is longer than what is in it: the nonce before, the tag after it.
  public static let overhead = nonceSize + tagSize

  private static let nonceSize = 12
  private static let tagSize = 16

  private let key: Secret

  /// Makes a key of 32 bytes; throws `CryptoError.keySize` for any other number.
  public init(_ key: Secret) throws(CryptoError) {
    guard key.bytes.count == Self.size else { throw .keySize(key.bytes.count) }
    self.key = key
  }

  /// Seals `bytes`: nonce, ciphertext, tag.
  ///
  /// `purpose` is not in the box but is authenticated with it: a box opens only with the purpose it
  /// was sealed for, so that it cannot be moved to another row.
  public func seal(_ bytes: [UInt8], purpose: [UInt8] = []) -> [UInt8] {
    let nonce = SecureRandom.bytes(Self.nonceSize)
    return seal(bytes, purpose: purpose, nonce: nonce)
  }

  func seal(_ bytes: [UInt8], purpose: [UInt8], nonce: [UInt8]) -> [UInt8] {
    let context = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(context) }
    var cipher = [UInt8](repeating: 0, count: bytes.count)
    var tag = [UInt8](repeating: 0, count: Self.tagSize)
    var count: Int32 = 0
    let isDone =
      EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key.bytes, nonce) == 1
      && EVP_EncryptUpdate(context, nil, &count, purpose, Int32(purpose.count)) == 1
      && EVP_EncryptUpdate(context, &cipher, &count, bytes, Int32(bytes.count)) == 1
      && EVP_EncryptFinal_ex(context, &tag, &count) == 1
      && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagSize), &tag) == 1
    precondition(isDone, "libcrypto could not seal")
    return nonce + cipher + tag
  }

  /// Opens a box; throws `CryptoError.notAuthentic` for anything that `seal` did not give.
  public func open(_ box: [UInt8], purpose: [UInt8] = []) throws(CryptoError) -> [UInt8] {
    guard box.count >= Self.overhead, box.count <= Int32.max else { throw .notAuthentic }
    let nonce = Array(box[..<Self.nonceSize])
    let cipher = Array(box[Self.nonceSize..<(box.count - Self.tagSize)])
    var tag = Array(box[(box.count - Self.tagSize)...])
    let context = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(context) }
    var bytes = [UInt8](repeating: 0, count: cipher.count)
    var rest: [UInt8] = [0]
    var count: Int32 = 0
    let isAuthentic =
      EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key.bytes, nonce) == 1
      && EVP_DecryptUpdate(context, nil, &count, purpose, Int32(purpose.count)) == 1
      && EVP_DecryptUpdate(context, &bytes, &count, cipher, Int32(cipher.count)) == 1
      && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagSize), &tag) == 1
      && EVP_DecryptFinal_ex(context, &rest, &count) == 1
    guard isAuthentic else { throw .notAuthentic }
    return bytes
  }
}
