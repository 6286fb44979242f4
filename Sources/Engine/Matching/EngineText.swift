/// Something that the gateway itself says, by its name in `conversations/engine.txt`.
///
/// The raw value is that name. A name without wording is an error when the file is loaded, so the
/// gateway can never be at a loss for words.
public enum EngineText: String, CaseIterable, Sendable {
  /// Confirms STOP.
  case stopped
  /// Confirms START.
  case started
  /// Answers HELP.
  case help
  /// The 999 answer.
  case danger
  /// Near an opt-out: asks once for STOP.
  case nearOptOut = "near stop"
  /// To a free-text question came another conversation's keyword, `{keyword}`.
  case keywordOrAnswer = "keyword or answer"
  /// One slip away from a keyword, `{keyword}`.
  case didYouMean = "did you mean"
  /// A person takes over: when to expect someone.
  case handedOver = "handed over"
  /// Nothing is open and nothing matched, where the landlord has no conversation for that.
  case unmatched
  /// A question is open and was not answered, where the script has no wording for that.
  case notUnderstood = "not understood"
  /// What a reply that was not understood should be: yes or no.
  case hintYesOrNo = "hint yes or no"
  /// A number from `{low}` to `{high}`.
  case hintNumber = "hint number"
  /// Some of the choices, at most `{most}`.
  case hintSeveral = "hint several"
  /// A date.
  case hintDate = "hint date"
  /// A time of day.
  case hintTime = "hint time"
  /// A postcode.
  case hintPostcode = "hint postcode"
  /// A phone number.
  case hintPhone = "hint phone"
  /// An e-mail address.
  case hintEmail = "hint email"
  /// At most `{most}` characters.
  case hintWords = "hint words"
  /// A code such as `{example}`.
  case hintCode = "hint code"
  /// The message held no words, such as a photo.
  case noWords = "no words"
  /// Goes before a question that is asked again after something came between.
  case questionAgain = "question again"
  /// What was asked about has closed.
  case closed
  /// The conversation changed so that it cannot go on: apologises, and a person takes over.
  case withdrawn
  /// Asks for the language; `EngineTexts.languages` are the choices.
  case languageList = "language list"
  /// Confirms the language, in that language.
  case languageSet = "language set"
  /// Ends a long text that was cut: how to read on.
  case readOn = "read on"
  /// MORE, and there is no more.
  case nothingMore = "nothing more"
  /// BACK, and there is no question before.
  case nothingToGoBackTo = "nothing to go back to"
  /// SKIP, and no question is open.
  case nothingToSkip = "nothing to skip"
  /// SKIP was taken and nothing follows.
  case skipped
  /// Too many conversations are set aside to begin another.
  case tooMany = "too many"

  /// The names of the values that the wording may hold in braces.
  public var values: Set<String> {
    switch self {
    case .keywordOrAnswer, .didYouMean: ["landlord", "phone", "keyword"]
    case .hintNumber: ["landlord", "phone", "low", "high"]
    case .hintSeveral, .hintWords: ["landlord", "phone", "most"]
    case .hintCode: ["landlord", "phone", "example"]
    default: ["landlord", "phone"]
    }
  }
}
