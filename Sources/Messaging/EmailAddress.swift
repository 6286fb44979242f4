/// The rules for an e-mail address that we are willing to write to.
///
/// This is the plain form that mail systems use, not all that the standards allow: no quoted part,
/// no comment, no address literal, ASCII only. Sources: RFC 5321, section 4.5.3.1 (lengths);
/// RFC 5322, section 3.2.3 (characters).
enum EmailAddress {
  /// The address with its domain in lower case; the part before the @ is kept as it is.
  static func normal(_ text: String) throws(AddressError) -> String {
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    guard text.utf8.count <= 254, halves.count == 2, halves[0].utf8.count <= 64,
      areDots(halves[0], between: { isAlphanumeric($0) || isAmong($0, "!#$%&'*+-/=?^_`{|}~") }),
      halves[1].contains("."), areDots(halves[1], between: { isAlphanumeric($0) || $0 == "-" }),
      halves[1].split(separator: ".").allSatisfy(isLabel),
      let top = halves[1].split(separator: ".").last, top.unicodeScalars.contains(where: isLetter)
    else { throw .badEmail }
    return halves[0] + "@" + halves[1].lowercased()
  }

  private static func areDots(
    _ text: Substring, between isFit: (Unicode.Scalar) -> Bool
  ) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false)
      .allSatisfy { isMade(of: $0, count: 1...64, by: isFit) }
  }

  private static func isLabel(_ label: Substring) -> Bool {
    label.utf8.count <= 63 && label.utf8.first != UInt8(ascii: "-")
      && label.utf8.last != UInt8(ascii: "-")
  }
}
