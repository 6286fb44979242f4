/// A phone number as people write it, read into E.164.
///
/// UK numbers are checked against the National Telephone Numbering Plan, so that a slip of the
/// keyboard is refused and a costly range is known; of other countries the calling code is taken as
/// it is and only the length is checked. Sources: ITU-T E.164; Ofcom, National Telephone Numbering
/// Plan.
public struct PhoneNumber: Hashable, Sendable {
  /// The number in E.164: a plus, the calling code and the rest, 7 to 15 digits in all.
  public let e164: String
  /// What sort of number it is, as far as we know the country's plan.
  public let kind: Kind

  /// What a number is used for, by which a gateway says whether it will text it.
  public enum Kind: String, CaseIterable, Sendable {
    /// A UK, Jersey, Guernsey or Isle of Man mobile: 071 to 075, 077 to 079, and 07624.
    case mobile
    /// A UK place (01, 02) or a number at the price of one (03).
    case landline
    /// UK corporate or internet telephony: 055 and 056.
    case corporate
    /// UK personal numbering, 070: looks like a mobile and costs far more.
    case personal
    /// A UK pager: 076 without 07624.
    case pager
    /// UK freephone: 080.
    case freephone
    /// A UK service with a service charge: 084 and 087.
    case service
    /// UK premium rate (09), or a worldwide premium or satellite number (+87, +88, +979).
    case premium
    /// A number of another country, whose plan we do not know.
    case international
  }

  /// Reads what somebody typed, which may have no more than 64 bytes.
  ///
  /// Takes `+44 7700 900123`, `07700 900123`, `0044 7700 900123` and `+44 (0)7700 900123`, with
  /// spaces, dashes, dots, slashes and brackets, in ASCII or full-width digits, also with the
  /// invisible marks that come along from an address book. A UK number that a spreadsheet robbed of
  /// its plus or of its first nought (`447700900123`, `7700900123`) is taken as well. `region` is
  /// the ISO 3166 code of the country whose national form is meant, one of `regions`.
  public init(_ text: String, region: String = "GB") throws(PhoneNumberError) {
    guard let home = DialingPlan.of(region) else { throw .unknownRegion }
    let typed = try TypedDigits(text)
    let digits = try Self.international(typed, home: home)
    guard digits.count <= 15 else { throw .tooLong }
    guard digits.count >= 7 else { throw .tooShort }
    guard digits[0] != 0 else { throw .unknownCountry }
    kind = try Self.kind(of: digits)
    e164 = "+" + String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
  }

  /// The regions whose national form can be read, as ISO 3166 codes.
  public static var regions: [String] { DialingPlan.all.map(\.region) }

  /// Whether the number belongs to the United Kingdom or the Crown dependencies.
  public var isUK: Bool { kind != .international && e164.utf8.starts(with: "+44".utf8) }

  /// The digits from the calling code on.
  private static func international(
    _ typed: TypedDigits, home: DialingPlan
  ) throws(PhoneNumberError) -> [UInt8] {
    var digits = typed.digits
    if typed.hasPlus { return withoutTrunk(digits) }
    if digits.starts(with: home.exit) {
      digits.removeFirst(home.exit.count)
      return withoutTrunk(digits)
    }
    if home.code == [4, 4], digits.count == 12, digits.starts(with: [4, 4]) { return digits }
    if home.code == [4, 4], digits.count == 10, digits[0] == 7 { return [4, 4] + digits }
    guard !home.trunk.isEmpty else { return home.code + digits }
    if digits.starts(with: home.trunk) { return home.code + digits.dropFirst(home.trunk.count) }
    // North America dials its own numbers with or without the 1.
    guard home.code == home.trunk else { throw .needsCallingCode }
    return home.code + digits
  }

  /// Drops the national nought that people leave in a UK number after the calling code.
  private static func withoutTrunk(_ digits: [UInt8]) -> [UInt8] {
    digits.starts(with: [4, 4, 0]) ? [4, 4] + digits.dropFirst(3) : digits
  }

  private static func kind(of digits: [UInt8]) throws(PhoneNumberError) -> Kind {
    if digits.starts(with: [4, 4]) { return try UKNumbering.kind(of: digits.dropFirst(2)) }
    if digits[0] == 1 {
      guard digits.count == 11, digits[1] > 1, digits[4] > 1 else { throw .wrongLength }
    }
    let isWorldwide =
      digits[0] == 8 && (digits[1] == 7 || digits[1] == 8) || digits.starts(with: [9, 7, 9])
    // +880 is Bangladesh and +886 Taiwan: whole countries among the worldwide codes.
    let isCountry = digits.starts(with: [8, 8, 0]) || digits.starts(with: [8, 8, 6])
    return isWorldwide && !isCountry ? .premium : .international
  }
}

/// Why a text is not a phone number that we can use; it never holds the number.
public enum PhoneNumberError: String, Error, CaseIterable, Sendable {
  /// There is no digit in it.
  case empty = "number-empty"
  /// It has more than 15 digits, or is far too long to be a number.
  case tooLong = "number-too-long"
  /// It has fewer digits than any number.
  case tooShort = "number-too-short"
  /// Something in it is neither a digit nor a sign that people put between digits.
  case strangeCharacter = "number-strange-character"
  /// The count of digits is not right for its country and range.
  case wrongLength = "number-wrong-length"
  /// No UK number begins so.
  case unknownRange = "number-unknown-range"
  /// No country's calling code begins so.
  case unknownCountry = "number-unknown-country"
  /// It has neither a calling code nor the national first digit.
  case needsCallingCode = "number-needs-calling-code"
  /// The region is not one whose national form we know.
  case unknownRegion = "number-unknown-region"

  /// What is wrong, in one sentence with the fix.
  public var message: String {
    switch self {
    case .empty: "There is no number here; write one such as 07700 900123."
    case .tooLong: "The number has too many digits; one has at most 15."
    case .tooShort: "The number has too few digits; look for one that was left out."
    case .strangeCharacter: "The number may hold only digits, a plus at the start and spaces."
    case .wrongLength: "The number has a digit too many or too few for its country."
    case .unknownRange: "No UK number begins like this; look for a slip in the first digits."
    case .unknownCountry: "No country code begins with 0; write the number as +44 7700 900123."
    case .needsCallingCode: "The number has no first 0 and no country code; add one of them."
    case .unknownRegion: "The region is not known; write numbers with their country code, as +44."
    }
  }
}
