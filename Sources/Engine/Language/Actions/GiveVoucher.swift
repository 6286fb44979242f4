extension ActionKind {
  /// `give voucher <pool> [at {shop}]:` takes a voucher from a pool and gives it to the person.
  ///
  /// Its storage comes with a later issue: until then it is not published.
  ///
  /// ```text
  /// conversation: Give voucher
  /// owner: Front Desk
  /// purpose: Show the action “give voucher”.
  /// start when they text: TRY
  /// start from: resident
  /// languages: en
  /// answers: named
  /// forget after: 4 days
  ///
  /// step try
  ///   ask shop (words up to 20):
  ///     Which shop?
  ///     no answer after 2 days -> finish
  ///   give voucher thank-you at {shop}:
  ///     - given -> good
  ///     - already given -> finish
  ///     - none left -> finish
  ///     - over budget -> finish
  ///     - needs approval -> finish
  ///
  /// step good
  ///   say: Here is your voucher: {voucher code}. It is worth {voucher value}.
  ///   end
  ///
  /// step finish
  ///   say: Sorry, not this time.
  ///   end
  ///
  /// example given
  ///   resident: TRY
  ///   bot: Which shop?
  ///   resident: Love2shop
  ///   bot: Here is your voucher: 4821 7730 9964. It is worth 20 pounds.
  ///
  /// example already given
  ///   pretend: give voucher is already given
  ///   resident: TRY
  ///   bot: Which shop?
  ///   resident: Love2shop
  ///   bot: Sorry, not this time.
  /// ```
  static let giveVoucher = ActionKind(
    words: "give voucher", subject: .required("pool"), takesPlace: true, argument: .none,
    isLive: false,
    outcomes: [
      Outcome(
        name: "given",
        gives: [
          Gift(name: "voucher code", sample: "4821 7730 9964"),
          Gift(name: "voucher value", sample: "20 pounds"),
        ],
        mayGive: [
          Gift(name: "voucher shop", sample: "Love2shop"),
          Gift(name: "voucher pin", sample: "2795"),
          Gift(name: "voucher last day", sample: "2027-12-31"),
        ]),
      Outcome(name: "already given"),
      Outcome(name: "none left"),
      Outcome(name: "over budget"),
      Outcome(name: "needs approval"),
    ])
}
