extension ActionKind {
  /// `post idea {words}:` posts a resident's idea for neighbours to second.
  ///
  /// Its storage comes with a later issue: until then it is not published.
  ///
  /// ```text
  /// conversation: Post idea
  /// owner: Front Desk
  /// purpose: Show the action “post idea”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask idea (words up to 160):
  ///     What is your idea?
  ///     no answer after 2 days -> finish
  ///   post idea {idea}:
  ///     - posted -> good
  ///     - too many -> finish
  ///     - needs a look -> finish
  ///
  /// step good
  ///   say: Your idea is number {idea number}.
  ///   end
  ///
  /// step finish
  ///   say: Sorry, not this time.
  ///   end
  ///
  /// example posted
  ///   resident: TRY
  ///   bot: What is your idea?
  ///   resident: a bench by the door
  ///   bot: Your idea is number 4.
  ///
  /// example too many
  ///   pretend: post idea is too many
  ///   resident: TRY
  ///   bot: What is your idea?
  ///   resident: a bench by the door
  ///   bot: Sorry, not this time.
  /// ```
  static let postIdea = ActionKind(
    words: "post idea", subject: .required("{words}"), argument: .none, isLive: false,
    outcomes: [
      Outcome(name: "posted", gives: [Gift(name: "idea number", sample: "4")]),
      Outcome(name: "too many"),
      Outcome(name: "needs a look"),
    ])
}
