extension ActionKind {
  /// `report danger: words` puts a worry about safety in front of staff with its words.
  static let reportDanger = ActionKind(
    words: "report danger", takesSubject: false, outcomes: ["logged"])
}
