extension Address {
  /// Reads the written form `scheme:value`, of at most 320 bytes, and brings it to its normal form.
  ///
  /// The scheme may be in either case. A phone number may have spaces and dashes but needs its
  /// plus; without one it is a short code of 3 to 8 digits. The domain of an e-mail address and the
  /// country of a business-scoped WhatsApp id are brought to one case; other ids are kept as the
  /// provider spells them.
  public init(text: String) throws(AddressError) {
    guard text.utf8.count <= 320 else { throw .tooLong }
    let scalars = text.unicodeScalars
    guard let colon = scalars.firstIndex(of: ":") else { throw .noScheme }
    let spelling = String(scalars[..<colon]).lowercased()
    guard let scheme = Scheme(rawValue: spelling) else { throw .unknownScheme }
    let value = String(scalars[scalars.index(after: colon)...])
    self.init(scheme: scheme, value: try Self.normal(value, of: scheme))
  }

  /// Reads a phone number as staff type it, with the rules of `PhoneNumber`.
  public static func phone(
    _ text: String, region: String = "GB"
  ) throws(PhoneNumberError) -> Address {
    Address(scheme: .tel, value: try PhoneNumber(text, region: region).e164)
  }

  /// Whether it is a short code: a `tel` address without a plus.
  public var isShortCode: Bool { scheme == .tel && value.utf8.first != UInt8(ascii: "+") }

  /// Whether a person can be reached by answering to it.
  ///
  /// False for a named sender, which no network takes a message for, and for a short code, behind
  /// which stands a machine: answering those by ourselves makes loops.
  public var canBeRepliedTo: Bool { scheme != .name && !isShortCode }

  /// The phone number that the address holds; nil where it holds none or it is a short code.
  public var phoneNumber: PhoneNumber? {
    switch scheme {
    case .tel: isShortCode ? nil : try? PhoneNumber(value)
    case .whatsapp: value.utf8.contains(UInt8(ascii: ".")) ? nil : try? PhoneNumber("+" + value)
    case .name, .email, .telegram, .messenger, .viber, .slack: nil
    }
  }

  private static func normal(
    _ value: String, of scheme: Scheme
  ) throws(AddressError) -> String {
    switch scheme {
    case .tel: return try telephone(value)
    case .name: return try name(value)
    case .email: return try EmailAddress.normal(value)
    case .whatsapp: return try whatsApp(value)
    case .telegram:
      let digits =
        value.unicodeScalars.first == "-"
        ? value.unicodeScalars.dropFirst() : value.unicodeScalars[...]
      guard isMade(of: Substring(digits), count: 1...19, by: isDigit) else { throw .badID }
    case .messenger, .slack:
      guard isMade(of: value, count: 1...64, by: { isAlphanumeric($0) || $0 == "_" || $0 == "-" })
      else { throw .badID }
    case .viber:
      guard isMade(of: value, count: 1...64, by: { isAlphanumeric($0) || isAmong($0, "+/=_-") })
      else { throw .badID }
    }
    return value
  }

  private static func telephone(_ value: String) throws(AddressError) -> String {
    if isMade(of: value, count: 3...8, by: isDigit) { return value }
    guard value.unicodeScalars.contains("+") else { throw .needsPlus }
    do throws(PhoneNumberError) {
      return try PhoneNumber(value).e164
    } catch { throw .badNumber(error) }
  }

  private static func name(_ value: String) throws(AddressError) -> String {
    let bytes = Array(value.utf8)
    let isSpaced = bytes.first == UInt8(ascii: " ") || bytes.last == UInt8(ascii: " ")
    let isFit = isMade(of: value, count: 1...11) { isAlphanumeric($0) || isAmong($0, " -_.&+'!") }
    guard isFit, !isSpaced, value.unicodeScalars.contains(where: isLetter) else { throw .badName }
    return value
  }

  private static func whatsApp(_ value: String) throws(AddressError) -> String {
    let parts = value.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1 else {
      guard isMade(of: value, count: 7...15, by: isDigit) else { throw .badID }
      do throws(PhoneNumberError) {
        return String(try PhoneNumber("+" + value).e164.dropFirst())
      } catch { throw .badNumber(error) }
    }
    guard parts.count <= 3, isMade(of: parts[0], count: 2...2, by: isLetter),
      parts.dropFirst().allSatisfy({ isMade(of: $0, count: 1...128, by: isAlphanumeric) })
    else { throw .badID }
    return ([parts[0].uppercased()] + parts.dropFirst().map(String.init)).joined(separator: ".")
  }
}

/// Why a text is not an address; it never holds the address.
public enum AddressError: Error, Equatable, Sendable {
  /// It has more than 320 bytes.
  case tooLong
  /// There is no colon.
  case noScheme
  /// What stands before the colon is not a kind of address.
  case unknownScheme
  /// A phone number without its plus that is not a short code either.
  case needsPlus
  /// The phone number is wrong.
  case badNumber(PhoneNumberError)
  /// The named sender is wrong.
  case badName
  /// The e-mail address is wrong.
  case badEmail
  /// The provider's id of the person is wrong.
  case badID

  /// The error's stable name.
  public var code: String {
    switch self {
    case .tooLong: "address-too-long"
    case .noScheme: "address-without-scheme"
    case .unknownScheme: "address-unknown-scheme"
    case .needsPlus: "address-needs-plus"
    case .badNumber(let error): error.rawValue
    case .badName: "address-bad-name"
    case .badEmail: "address-bad-email"
    case .badID: "address-bad-id"
    }
  }

  /// What is wrong, in one sentence with the fix.
  public var message: String {
    switch self {
    case .tooLong: "The address is longer than any address can be."
    case .noScheme: "The address has no kind before a colon; write it as tel:+447700900123."
    case .unknownScheme: "The kind of address is not known; use tel, name, email or whatsapp."
    case .needsPlus: "A number is written with its plus and country code, as tel:+447700900123."
    case .badNumber(let error): error.message
    case .badName: "A sender's name is 1 to 11 letters, digits and spaces, one a letter at least."
    case .badEmail: "The e-mail address is not one that mail can be sent to."
    case .badID: "The provider's id has characters that none of its ids has."
    }
  }
}
