extension ActionKind {
  /// `set language {code}:` speaks to the person in that language from now on.
  ///
  /// The engine decides it: a language that the gateway itself speaks is offered.
  ///
  /// ```text
  /// conversation: Set language
  /// owner: Front Desk
  /// purpose: Show the action “set language”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask code (words up to 5):
  ///     Which language? Text cy or pl.
  ///     no answer after 2 days -> finish
  ///   set language {code}:
  ///     - set -> good
  ///     - not offered -> finish
  ///
  /// step good
  ///   say: Done.
  ///   end
  ///
  /// step finish
  ///   say: Sorry, not this time.
  ///   end
  ///
  /// example set
  ///   resident: TRY
  ///   bot: Which language? Text cy or pl.
  ///   resident: cy
  ///   bot: Done.
  ///
  /// example not offered
  ///   pretend: set language is not offered
  ///   resident: TRY
  ///   bot: Which language? Text cy or pl.
  ///   resident: cy
  ///   bot: Sorry, not this time.
  /// ```
  static let setLanguage = ActionKind(
    words: "set language", subject: .required("{code}"), argument: .none, isLive: true,
    outcomes: [
      Outcome(name: "set"),
      Outcome(name: "not offered"),
    ])
}
