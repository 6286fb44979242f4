extension ActionKind {
  /// `take place {slot}:` takes a place at a meeting.
  ///
  /// Its storage comes with a later issue: until then it is not published.
  ///
  /// ```text
  /// conversation: Take place
  /// owner: Front Desk
  /// purpose: Show the action “take place”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask slot (words up to 40):
  ///     Which meeting?
  ///     no answer after 2 days -> finish
  ///   take place {slot}:
  ///     - taken -> good
  ///     - full -> finish
  ///
  /// step good
  ///   say: You have a place.
  ///   end
  ///
  /// step finish
  ///   say: Sorry, not this time.
  ///   end
  ///
  /// example taken
  ///   resident: TRY
  ///   bot: Which meeting?
  ///   resident: Tuesday
  ///   bot: You have a place.
  ///
  /// example full
  ///   pretend: take place is full
  ///   resident: TRY
  ///   bot: Which meeting?
  ///   resident: Tuesday
  ///   bot: Sorry, not this time.
  /// ```
  static let takePlace = ActionKind(
    words: "take place", subject: .required("{slot}"), argument: .none, isLive: false,
    outcomes: [
      Outcome(
        name: "taken",
        mayGive: [Gift(name: "place words", sample: "Oak Tower hall, 3 March at 6pm")]),
      Outcome(name: "full"),
    ])
}
