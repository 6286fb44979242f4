import Support

/// What Twilio's double does with a message beside taking it and saying so.
enum TwilioLie: CaseIterable, Sendable {
  /// The connection is reset, and nobody gets the message.
  case resetBefore
  /// The message is taken, and the connection is reset.
  case resetAfter
  /// The message is taken, and no answer comes.
  case holdAfter
  /// It is refused for its number: 429, error 20429. Only a first attempt is.
  case tooMany
  /// It is refused, since the service is not there: 503, error 20503. Only a first attempt is.
  case unavailable
  /// 500, error 20500, and nobody gets the message.
  case failBefore
  /// The message is taken, and the answer is 500, error 20500.
  case failAfter
  /// The message is taken, and the answer is 200 with something that is not Twilio's.
  case garbage
  /// Every status is reported twice, the last one first.
  case manyCallbacks
  /// What became of the message is reported before the request is answered.
  case earlyCallback
  /// What became of the message is reported a while later.
  case lateCallback

  /// Whether somebody gets the message all the same.
  var isTaken: Bool {
    switch self {
    case .resetBefore, .tooMany, .unavailable, .failBefore: false
    case .resetAfter, .holdAfter, .failAfter, .garbage: true
    case .manyCallbacks, .earlyCallback, .lateCallback: true
    }
  }
}

/// How much Twilio's double lies, and by which seed.
///
/// What is done with a message depends only on the seed and the message's words, whatever else goes
/// on, so that a seed replays.
struct TwilioLies: Sendable {
  /// The seed.
  var seed: UInt64
  /// How many of a hundred messages are lied about.
  var percent: Int
  /// The lies that are told.
  var kinds = TwilioLie.allCases

  /// None at all.
  static let none = TwilioLies(seed: 0, percent: 0)

  /// What is done with a message; nil for nothing out of the way.
  func lie(about request: TwilioMessageRequest) -> TwilioLie? {
    var random = SplitMix64(seed: seed, for: request.body)
    guard Int.random(in: 0..<100, using: &random) < percent else { return nil }
    let lie = kinds.randomElement(using: &random)
    let isFirst = request.reference?.hasSuffix(".1") ?? false
    return isFirst || (lie != .tooMany && lie != .unavailable) ? lie : nil
  }
}
