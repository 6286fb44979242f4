import Messaging

/// Days as they are said to people.
enum SpokenDate {
  /// `3 March`, or `3 March 2027` when the year is not this one; in numbers in a language whose
  /// months are not known here.
  static func text(_ date: CivilDate, language: String, today: CivilDate) -> String {
    let (year, month, day) = date.parts
    guard let months = months[language] else { return "\(day)/\(month)/\(year)" }
    let text = "\(day) \(months[month - 1])"
    return year == today.year ? text : text + " \(year)"
  }

  private static let months: [String: [String]] = [
    "en": [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ],
    "cy": [
      "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi",
      "Hydref", "Tachwedd", "Rhagfyr",
    ],
    "pl": [
      "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
      "września", "października", "listopada", "grudnia",
    ],
    "ro": [
      "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august",
      "septembrie", "octombrie", "noiembrie", "decembrie",
    ],
  ]
}
