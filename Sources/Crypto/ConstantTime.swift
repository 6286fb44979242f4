internal import CCrypto

/// Whether two strings of bytes are equal, in a time that depends only on their lengths.
///
/// For signatures, tokens and secrets: `==` stops at the first difference and so tells a patient
/// attacker how far they got. Lengths are not hidden. Source:
/// <https://docs.openssl.org/3.0/man3/CRYPTO_memcmp/>.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  guard !left.isEmpty else { return true }
  return CRYPTO_memcmp(left, right, left.count) == 0
}
