extension ActionKind {
  /// `look up promise {n}:` looks up what was promised after a poll, by when, and how it stands.
  ///
  /// Its storage comes with a later issue: until then it is not published.
  ///
  /// ```text
  /// conversation: Look up promise
  /// owner: Front Desk
  /// purpose: Show the action “look up promise”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask number (number 1 to 9999):
  ///     Which promise?
  ///     not understood 2 times -> finish
  ///     no answer after 2 days -> finish
  ///   look up promise {number}:
  ///     - found -> good
  ///     - none -> finish
  ///
  /// step good
  ///   say: We promised {promise words} by {promise day}.
  ///   end
  ///
  /// step finish
  ///   say: Sorry, not this time.
  ///   end
  ///
  /// example found
  ///   resident: TRY
  ///   bot: Which promise?
  ///   resident: 7
  ///   bot: We promised a lift plan by 30 April 2027.
  ///
  /// example none
  ///   pretend: look up promise is none
  ///   resident: TRY
  ///   bot: Which promise?
  ///   resident: 7
  ///   bot: Sorry, not this time.
  /// ```
  static let lookUpPromise = ActionKind(
    words: "look up promise", subject: .required("{n}"), argument: .none, isLive: false,
    outcomes: [
      Outcome(
        name: "found",
        gives: [
          Gift(name: "promise words", sample: "a lift plan"),
          Gift(name: "promise day", sample: "2027-04-30"),
          Gift(name: "promise state", sample: "on time"),
        ], mayGive: [Gift(name: "promise reason", sample: "")]),
      Outcome(name: "none"),
    ])
}
