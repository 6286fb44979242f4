/// One kind of action: its words, what they take, and its closed list of outcomes.
///
/// An action is one file like `ReportDanger.swift` and one entry in `all`; what it does is the
/// gateway's, inside the turn's transaction, idempotent per person and session. One whose storage
/// does not exist yet is read, checked and run in examples by `pretend`, and kept from publication
/// by `isLive`.
struct ActionKind: Sendable {
  /// The words that it begins with.
  let words: String
  /// What stands between its words and the colon, such as the kind of a request.
  let subject: Part
  /// Whether the subject may end with `at` and a place, such as a shop.
  var takesPlace = false
  /// What follows the colon.
  let argument: Part
  /// Whether the gateway can do it.
  let isLive: Bool
  /// Everything that can come of it; a script handles all of them.
  let outcomes: [Outcome]

  /// Whether words stand at a place.
  enum Part: Sendable {
    /// None do.
    case none
    /// They may.
    case optional
    /// They must; the word says in messages to authors what they are.
    case required(String)

    /// Whether words, or none, may stand there.
    func allows(_ words: String) -> Bool {
      switch self {
      case .none: words.isEmpty
      case .optional: true
      case .required: !words.isEmpty
      }
    }
  }

  /// One thing that can come of it.
  struct Outcome: Sendable {
    /// Its name.
    let name: String
    /// The values that it always gives.
    var gives: [Gift] = []
    /// The values that it may give, so that wording needs a fall-back for them.
    var mayGive: [Gift] = []
  }

  /// A value that comes of an action.
  struct Gift: Sendable {
    /// Its name.
    let name: String
    /// What it is in examples that do not say otherwise.
    let sample: String
  }

  /// The names of the outcomes, in the order of the language page.
  var outcomeNames: [String] { outcomes.map(\.name) }

  /// The outcome of that name.
  func outcome(named name: String) -> Outcome? { outcomes.first { $0.name == name } }

  /// How it is written, for messages to authors.
  var form: String {
    var form = words
    if case .required(let what) = subject { form += " " + what }
    form += ":"
    if case .required(let what) = argument { form += " " + what }
    return form
  }

  /// The actions of the language.
  static let all: [ActionKind] = [
    checkCode, giveVoucher, recordRequest, logComplaint, reportDanger, join, leave, postIdea,
    secondIdea, lookUpResult, lookUpPromise, setLanguage, setTimes, pause, bookCall, takePlace,
  ]

  /// The action that a line begins with, the one with the longest words; nil for another line.
  static func kind(of line: String) -> ActionKind? {
    all.filter { kind in
      guard let rest = line.after(kind.words) else { return false }
      let next = line.dropFirst(kind.words.count).first
      return rest.isEmpty || next == " " || next == ":"
    }.max { $0.words.count < $1.words.count }
  }

  /// The names of the values that actions give.
  static let gifts: [String] = {
    let outcomes = all.flatMap(\.outcomes)
    return Set(outcomes.flatMap { $0.gives + $0.mayGive }.map(\.name)).sorted()
  }()
}

extension ActionRequest {
  /// The outcome where nothing speaks for another: what the engine decided, or the action's first.
  public var usualOutcome: String {
    decided ?? ActionKind.kind(of: action)?.outcomes.first?.name ?? ""
  }

  /// Everything that can come of it, in the order of the language page.
  public var outcomes: [String] { ActionKind.kind(of: action)?.outcomeNames ?? [] }

  /// Values such as the action gives with that outcome, for trying a conversation out.
  public func sampleValues(of outcome: String) -> [String: String] {
    guard let found = ActionKind.kind(of: action)?.outcome(named: outcome) else { return [:] }
    return Dictionary((found.gives + found.mayGive).map { ($0.name, $0.sample) }) { first, _ in
      first
    }
  }
}
