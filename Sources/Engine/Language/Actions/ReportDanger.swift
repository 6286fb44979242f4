extension ActionKind {
  /// `report danger: words` puts a worry about safety in front of staff with its words.
  ///
  /// ```text
  /// conversation: Report danger
  /// owner: Front Desk
  /// purpose: Show the action “report danger”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask what (words up to 300):
  ///     What is it, and where?
  ///     no answer after 2 days -> finish
  ///   report danger: {what}
  ///     - logged -> good
  ///
  /// step good
  ///   say: A person will read it today.
  ///   end
  ///
  /// step finish
  ///   end
  ///
  /// example logged
  ///   resident: TRY
  ///   bot: What is it, and where?
  ///   resident: the bin chute door on 4 wont close
  ///   bot: A person will read it today.
  ///   staff see: the bin chute door on 4 wont close
  /// ```
  static let reportDanger = ActionKind(
    words: "report danger", subject: .none, argument: .required("words"), isLive: true,
    outcomes: [
      Outcome(name: "logged", mayGive: [Gift(name: "report number", sample: "D3301")])
    ])
}
