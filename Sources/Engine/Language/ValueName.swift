/// The values that a script may name and does not make itself.
///
/// Earlier answers and what `set` made come beside them, by the names that the script gives.
enum ValueName {
  /// The landlord's values, which are always known.
  static let alwaysKnown = ["landlord", "phone", "language"]
  /// The values that may be missing, so that wording needs a fall-back for them.
  static let mayBeUnknown =
    [
      "first name", "building", "block", "poll topic", "poll decided", "poll not decided",
      "poll decider", "poll closes", "poll result day", "poll result", "poll answer",
      "poll privacy", "nation", "building height", "storeys", "floor", "tenure",
    ] + BuildingFact.names + BuildingFact.names.map { "day of " + $0 }
    + ActionKind.gifts.filter { !$0.hasPrefix("poll ") }
  /// All of them.
  static let all = alwaysKnown + mayBeUnknown
  /// The values of a poll.
  static let ofPolls = mayBeUnknown.filter {
    $0.hasPrefix("poll ") && $0 != "poll answer" && $0 != "poll privacy"
  }

  /// Whether `name` can be a question's or variable's name: words of letters and digits.
  static func isValid(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 40
      && name.unicodeScalars.allSatisfy {
        $0 == " " || $0 == "-" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
      }
  }
}

/// What a value can be looked up in while a turn runs or a file is checked.
protocol Values {
  /// The value of that name, a choice as its id; nil when it is not known.
  func value(named name: String) -> String?
  /// The same as it is said to the person, a choice by its label.
  func spoken(named name: String) -> String?
}
