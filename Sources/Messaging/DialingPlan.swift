/// How a region dials: its calling code, what comes before a national and an international number.
struct DialingPlan {
  /// The ISO 3166 code of the region.
  let region: String
  /// The calling code's digits.
  let code: [UInt8]
  /// What stands before a national number and is not part of it; empty for nothing.
  let trunk: [UInt8]
  /// What is dialled before a calling code.
  let exit: [UInt8]

  /// The plan of the region; nil where it is not in the list.
  static func of(_ region: String) -> DialingPlan? {
    all.first { $0.region == region }
  }

  /// The regions whose national form can be read.
  ///
  /// The United Kingdom, its neighbours, and countries that many residents come from.
  /// Source: ITU-T E.164, list of codes; E.129.
  static let all: [DialingPlan] = [
    plan("GB", [4, 4], [0]), plan("GG", [4, 4], [0]), plan("IM", [4, 4], [0]),
    plan("JE", [4, 4], [0]), plan("IE", [3, 5, 3], [0]), plan("FR", [3, 3], [0]),
    plan("DE", [4, 9], [0]), plan("NL", [3, 1], [0]), plan("BE", [3, 2], [0]),
    plan("ES", [3, 4], []), plan("PT", [3, 5, 1], []), plan("IT", [3, 9], []),
    plan("PL", [4, 8], []), plan("RO", [4, 0], [0]), plan("BG", [3, 5, 9], [0]),
    plan("UA", [3, 8, 0], [0]), plan("IN", [9, 1], [0]), plan("PK", [9, 2], [0]),
    plan("BD", [8, 8, 0], [0]), plan("US", [1], [1], exit: [0, 1, 1]),
    plan("CA", [1], [1], exit: [0, 1, 1]), plan("AU", [6, 1], [0], exit: [0, 0, 1, 1]),
  ]

  private static func plan(
    _ region: String, _ code: [UInt8], _ trunk: [UInt8], exit: [UInt8] = [0, 0]
  ) -> DialingPlan {
    DialingPlan(region: region, code: code, trunk: trunk, exit: exit)
  }
}
