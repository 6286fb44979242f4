internal import CCrypto

/// The hash function SHA-256 of FIPS 180-4.
public enum SHA256 {
  /// The length of a hash in bytes.
  public static let size = 32

  /// The 32 bytes of the hash of `bytes`.
  ///
  /// Source: <https://docs.openssl.org/3.0/man3/SHA256_Init/>.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let written = CCrypto.SHA256(bytes, bytes.count, buffer.baseAddress)
      precondition(written != nil, "libcrypto could not hash")
      count = size
    }
  }
}
