extension ActionKind {
  /// `second idea {n}:` counts a neighbour for an idea, which becomes a poll when enough do.
  ///
  /// Its storage comes with a later issue: until then it is not published.
  ///
  /// ```text
  /// conversation: Second idea
  /// owner: Front Desk
  /// purpose: Show the action “second idea”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask number (number 1 to 9999):
  ///     Which idea?
  ///     not understood 2 times -> finish
  ///     no answer after 2 days -> finish
  ///   second idea {number}:
  ///     - seconded -> good
  ///     - already seconded -> finish
  ///     - no such idea -> finish
  ///     - now a poll -> finish
  ///
  /// step good
  ///   say: You and others, {idea seconds} in all, want {idea words}.
  ///   end
  ///
  /// step finish
  ///   say: Sorry, not this time.
  ///   end
  ///
  /// example seconded
  ///   resident: TRY
  ///   bot: Which idea?
  ///   resident: 4
  ///   bot: You and others, 12 in all, want a bench by the door.
  ///
  /// example already seconded
  ///   pretend: second idea is already seconded
  ///   resident: TRY
  ///   bot: Which idea?
  ///   resident: 4
  ///   bot: Sorry, not this time.
  /// ```
  static let secondIdea = ActionKind(
    words: "second idea", subject: .required("{n}"), argument: .none, isLive: false,
    outcomes: [
      Outcome(
        name: "seconded",
        gives: [
          Gift(name: "idea words", sample: "a bench by the door"),
          Gift(name: "idea seconds", sample: "12"),
        ]),
      Outcome(name: "already seconded"),
      Outcome(name: "no such idea"),
      Outcome(name: "now a poll", gives: [Gift(name: "idea words", sample: "a bench by the door")]),
    ])
}
