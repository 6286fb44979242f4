extension ActionKind {
  /// `log complaint: words` logs a complaint, from when on the landlord's clocks run.
  ///
  /// Its storage comes with a later issue: until then it is not published.
  ///
  /// ```text
  /// conversation: Log complaint
  /// owner: Front Desk
  /// purpose: Show the action “log complaint”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask what (words up to 300):
  ///     Tell us what is wrong.
  ///     no answer after 2 days -> finish
  ///   log complaint: {what}
  ///     - logged -> good
  ///
  /// step good
  ///   say: Your complaint is number {complaint number}.
  ///   end
  ///
  /// step finish
  ///   end
  ///
  /// example logged
  ///   resident: TRY
  ///   bot: Tell us what is wrong.
  ///   resident: nobody came
  ///   bot: Your complaint is number C2207.
  ///   staff see: nobody came
  /// ```
  static let logComplaint = ActionKind(
    words: "log complaint", subject: .none, argument: .required("words"), isLive: false,
    outcomes: [
      Outcome(name: "logged", gives: [Gift(name: "complaint number", sample: "C2207")])
    ])
}
