extension ActionKind {
  /// `check code {code}:` looks a code up that was given out on paper.
  ///
  /// It tells what the thank-you that the code is for is worth.
  ///
  /// Its storage comes with a later issue: until then it is not published.
  ///
  /// ```text
  /// conversation: Check code
  /// owner: Front Desk
  /// purpose: Show the action “check code”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask code (words up to 20):
  ///     Please text the code from your letter.
  ///     no answer after 2 days -> finish
  ///   check code {code}:
  ///     - good -> good
  ///     - used -> finish
  ///     - unknown -> finish
  ///
  /// step good
  ///   say: Your thank-you is worth {voucher value}.
  ///   end
  ///
  /// step finish
  ///   say: Sorry, not this time.
  ///   end
  ///
  /// example good
  ///   resident: TRY
  ///   bot: Please text the code from your letter.
  ///   resident: AB-1234
  ///   bot: Your thank-you is worth 20 pounds.
  ///
  /// example used
  ///   pretend: check code is used
  ///   resident: TRY
  ///   bot: Please text the code from your letter.
  ///   resident: AB-1234
  ///   bot: Sorry, not this time.
  /// ```
  static let checkCode = ActionKind(
    words: "check code", subject: .required("{code}"), argument: .none, isLive: false,
    outcomes: [
      Outcome(name: "good", gives: [Gift(name: "voucher value", sample: "20 pounds")]),
      Outcome(name: "used"),
      Outcome(name: "unknown"),
    ])
}
