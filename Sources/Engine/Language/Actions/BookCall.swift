extension ActionKind {
  /// `book call {slot}:` books a time for staff to call the person.
  ///
  /// Its storage comes with a later issue: until then it is not published.
  ///
  /// ```text
  /// conversation: Book call
  /// owner: Front Desk
  /// purpose: Show the action “book call”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask slot (words up to 40):
  ///     When shall we call?
  ///     no answer after 2 days -> finish
  ///   book call {slot}:
  ///     - booked -> good
  ///     - full -> finish
  ///
  /// step good
  ///   say: We will call you {call time}.
  ///   end
  ///
  /// step finish
  ///   say: Sorry, not this time.
  ///   end
  ///
  /// example booked
  ///   resident: TRY
  ///   bot: When shall we call?
  ///   resident: Tuesday morning
  ///   bot: We will call you Tuesday at 10am.
  ///
  /// example full
  ///   pretend: book call is full
  ///   resident: TRY
  ///   bot: When shall we call?
  ///   resident: Tuesday morning
  ///   bot: Sorry, not this time.
  /// ```
  static let bookCall = ActionKind(
    words: "book call", subject: .required("{slot}"), argument: .none, isLive: false,
    outcomes: [
      Outcome(name: "booked", gives: [Gift(name: "call time", sample: "Tuesday at 10am")]),
      Outcome(name: "full"),
    ])
}
