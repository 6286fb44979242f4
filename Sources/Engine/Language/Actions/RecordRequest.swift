extension ActionKind {
  /// `record request <kind>: words` opens a request of that kind for staff.
  ///
  /// ```text
  /// conversation: Record request
  /// owner: Front Desk
  /// purpose: Show the action “record request”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask what (words up to 100):
  ///     What would you like to see?
  ///     no answer after 2 days -> finish
  ///   record request records: {what}
  ///     - recorded -> good
  ///
  /// step good
  ///   say: We have your request.
  ///   end
  ///
  /// step finish
  ///   end
  ///
  /// example recorded
  ///   resident: TRY
  ///   bot: What would you like to see?
  ///   resident: the fire check
  ///   bot: We have your request.
  ///   staff see: the fire check
  /// ```
  static let recordRequest = ActionKind(
    words: "record request", subject: .required("kind"), argument: .required("words"), isLive: true,
    outcomes: [
      Outcome(name: "recorded", mayGive: [Gift(name: "request number", sample: "G1042")])
    ])
}
