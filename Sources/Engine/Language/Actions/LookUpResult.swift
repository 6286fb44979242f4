extension ActionKind {
  /// `look up result [{n}]:` looks the result of a poll up; without a number the newest of the block.
  ///
  /// Its storage comes with a later issue: until then it is not published.
  ///
  /// ```text
  /// conversation: Look up result
  /// owner: Front Desk
  /// purpose: Show the action “look up result”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   look up result:
  ///     - found -> good
  ///     - none yet -> finish
  ///
  /// step good
  ///   say: {poll topic}: {poll result}
  ///   end
  ///
  /// step finish
  ///   say: Sorry, not this time.
  ///   end
  ///
  /// example found
  ///   resident: TRY
  ///   bot: The meeting: You said lifts.
  ///
  /// example none yet
  ///   pretend: look up result is none yet
  ///   resident: TRY
  ///   bot: Sorry, not this time.
  /// ```
  static let lookUpResult = ActionKind(
    words: "look up result", subject: .optional, argument: .none, isLive: false,
    outcomes: [
      Outcome(
        name: "found",
        gives: [
          Gift(name: "poll topic", sample: "The meeting"),
          Gift(name: "poll result", sample: "You said lifts."),
        ], mayGive: [Gift(name: "result promise", sample: "A lift plan by 30 April.")]),
      Outcome(name: "none yet"),
    ])
}
