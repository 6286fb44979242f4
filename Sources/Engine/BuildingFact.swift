import Messaging

/// Something about a building that a named officer filled in, dated and signed.
public struct BuildingFact: Equatable, Sendable {
  /// What it says, in plain words.
  public var text: String
  /// The day that it is of.
  public var day: CivilDate
  /// The first instant at which it is out of date; nil for never.
  public var expires: Instant?
  /// Whether the officer signed it.
  public var isSigned: Bool

  /// Makes a fact.
  public init(text: String, day: CivilDate, expires: Instant? = nil, isSigned: Bool) {
    self.text = text
    self.day = day
    self.expires = expires
    self.isSigned = isSigned
  }

  /// Whether it may be told: valued, signed and in date.
  func holds(at now: Instant) -> Bool {
    isSigned && !text.isEmpty && expires.map { now < $0 } ?? true
  }

  /// The facts that a script may name; `day of ` before one is its date.
  public static let names = [
    "fire plan", "last fire check", "cladding result", "cladding plan", "accountable person",
    "door check", "alarm check", "safety certificate", "safety officer", "works",
  ]
}
