internal import CCrypto

/// Bytes that nobody can guess, from libcrypto's generator.
public enum SecureRandom {
  /// As many random bytes as asked for; `count` is 0 or more.
  ///
  /// The process stops when the system has no randomness to give: a guessable key would be worse.
  /// Source: <https://docs.openssl.org/3.0/man3/RAND_bytes/>.
  public static func bytes(_ count: Int) -> [UInt8] {
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      let status = RAND_bytes_ex(nil, buffer.baseAddress, count, 0)
      precondition(status == 1, "the system has no randomness to give")
      written = count
    }
  }
}
