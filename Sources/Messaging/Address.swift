/// Where a message comes from or goes to: a scheme and a value, written `scheme:value`.
///
/// A phone number is `tel:+447700900123`, a short code `tel:60777`, a named sender `name:ElmHomes`,
/// a WhatsApp user `whatsapp:447700900123` or, without a number, `whatsapp:GB.…`. An address is
/// not a proof of identity: phones are shared and numbers are recycled.
public struct Address: Hashable, Sendable {
  /// The kinds of address, each with its spelling in the text form.
  public enum Scheme: String, CaseIterable, Sendable {
    /// A phone number in E.164 with its plus, or a short code of 3 to 8 digits without one.
    case tel
    /// An alphanumeric sender of up to 11 characters, which nobody can reply to.
    case name
    /// An e-mail address.
    case email
    /// A WhatsApp user: digits of the number without a plus, or a business-scoped user id.
    case whatsapp
    /// A Telegram chat id.
    case telegram
    /// A Messenger page-scoped user id.
    case messenger
    /// A Viber user id.
    case viber
    /// A Slack channel or user id.
    case slack
  }

  /// What kind of address it is.
  public let scheme: Scheme
  /// What stands after the colon, in its one normal form; never empty.
  public let value: String

  /// Makes an address from parts that are already in normal form.
  public init(scheme: Scheme, value: String) {
    self.scheme = scheme
    self.value = value
  }

  /// The form that is stored and printed: `scheme:value`.
  public var text: String { scheme.rawValue + ":" + value }
}
