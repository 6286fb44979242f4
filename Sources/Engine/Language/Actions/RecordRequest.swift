extension ActionKind {
  /// `record request <kind>: words` opens a request of that kind for staff.
  static let recordRequest = ActionKind(
    words: "record request", takesSubject: true, outcomes: ["recorded"])
}
