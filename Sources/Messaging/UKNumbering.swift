/// The ranges and lengths of UK numbers.
///
/// Source: Ofcom, National Telephone Numbering Plan, part A, with the area codes of appendix A.
enum UKNumbering {
  /// What the number is used for; `digits` are those after +44.
  ///
  /// Nearly all have ten digits. Nine are right for the older numbers of the areas in
  /// `areasWithNineDigits`, for Brampton (016977) and for 0800.
  static func kind(
    of digits: ArraySlice<UInt8>
  ) throws(PhoneNumberError) -> PhoneNumber.Kind {
    let digits = Array(digits)
    guard digits.count >= 4 else { throw .tooShort }
    let kind = try kind(first: digits[0], second: digits[1], third: digits[2...])
    guard digits.count == 10 || digits.count == 9 && mayHaveNine(digits) else { throw .wrongLength }
    return kind
  }

  private static func kind(
    first: UInt8, second: UInt8, third rest: ArraySlice<UInt8>
  ) throws(PhoneNumberError) -> PhoneNumber.Kind {
    switch (first, second) {
    case (1, 1...9), (2, 0), (2, 3), (2, 4), (2, 8), (2, 9), (3, 0), (3, 3), (3, 4), (3, 7):
      return .landline
    case (5, 5), (5, 6): return .corporate
    case (7, 0): return .personal
    // 07624 is the Isle of Man's mobile network, within the pagers' range.
    case (7, 6): return rest.starts(with: [2, 4]) ? .mobile : .pager
    case (7, _): return .mobile
    case (8, 0): return .freephone
    case (8, 4), (8, 7): return .service
    case (9, 0), (9, 1), (9, 8): return .premium
    default: throw .unknownRange
    }
  }

  private static func mayHaveNine(_ digits: [UInt8]) -> Bool {
    if digits.starts(with: [8, 0, 0]) || digits.starts(with: [1, 6, 9, 7, 7]) { return true }
    let area = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
    return areasWithNineDigits.contains(area)
  }

  /// The areas that still have numbers of five digits after their code.
  private static let areasWithNineDigits: Set<Int> = [
    1204, 1208, 1254, 1276, 1297, 1298, 1363, 1364, 1384, 1386, 1404, 1420, 1460, 1461, 1480,
    1488, 1524, 1527, 1562, 1566, 1606, 1629, 1635, 1647, 1659, 1695, 1726, 1744, 1750, 1768,
    1827, 1837, 1884, 1900, 1905, 1935, 1946, 1949, 1963, 1995,
  ]
}
