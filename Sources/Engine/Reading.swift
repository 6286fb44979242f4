/// What a person's words mean here and now, by the order of `Documentation.docc/Language.md`.
///
/// The first rule that applies decides: engine words, danger words, the open question, keywords.
public enum Reading: Equatable, Sendable {
  /// The whole message is a word that belongs to the gateway itself, such as STOP or HELP.
  case engineWord(EngineWord)
  /// Words near an opt-out: the person is asked once to reply STOP.
  case nearOptOut
  /// The words speak of an emergency: the 999 answer goes out at once and staff are alarmed.
  case danger
  /// The open question is answered.
  case answer(Answer)
  /// A conversation's keyword; `rest` holds the words after it, empty for none.
  case keyword(Keyword, rest: String)
  /// An open question for free text got exactly another conversation's keyword: ask which it is.
  case keywordOrAnswer(Keyword)
  /// One slip away from a keyword: ask, never take it.
  case nearKeyword(Keyword)
  /// A question is open and the words do not answer it.
  case notUnderstood
  /// No question is open and nothing matched.
  case nothing

  /// An answer of a type that the open question takes.
  public enum Answer: Equatable, Sendable {
    /// The id of a choice; `yes` and `no` for a yes-or-no question.
    case choice(String)
    /// A number within the question's range.
    case number(Double)
    /// Words, without the white space around them.
    case words(String)
    /// The ids of several choices, in the order of the list.
    case choices([String])
    /// A day, time, postcode, phone number, e-mail address or code in its one written form.
    case value(String)

    /// What is kept of it: the id, the ids with commas between them, the number, the words or value.
    public var stored: String {
      switch self {
      case .choice(let id): id
      case .number(let number): numberText(number)
      case .words(let words): words
      case .choices(let ids): ids.joined(separator: ", ")
      case .value(let value): value
      }
    }
  }
}

/// The words that belong to the gateway, the same in every conversation.
public enum EngineWord: String, CaseIterable, Sendable {
  /// Opts out.
  case stop
  /// Lifts an opt-out.
  case start
  /// Asks for help.
  case help
  /// Asks for a person.
  case person
  /// Asks for the next part of a long answer.
  case more
  /// Goes back to the question before.
  case back
  /// Leaves this question out.
  case skip
  /// Chooses a language.
  case lang
}

/// Where a keyword leads.
public struct Keyword: Equatable, Sendable {
  /// The words as the file has them, such as `FIRE DOOR`.
  public var words: String
  /// The id of the conversation.
  public var conversation: String
  /// The step that it starts at; nil for the first.
  public var step: String?

  /// Makes a keyword.
  public init(words: String, conversation: String, step: String? = nil) {
    self.words = words
    self.conversation = conversation
    self.step = step
  }
}

/// A question as far as matching needs it: what it takes for an answer.
public enum AnswerType: Equatable, Sendable {
  /// One of these, in the order in which they are numbered from 1.
  case choices([Option])
  /// Yes or no, ids `yes` (number 1) and `no` (number 2).
  case yesOrNo
  /// A number from the lower to the upper bound, both included; with decimals only if said.
  case number(ClosedRange<Double>, decimals: Bool)
  /// Free words of at most so many characters; longer ones are not understood.
  case words(upTo: Int)
  /// One or more of these, at most so many.
  case several([Option], upTo: Int)
  /// A day; one to come may have to be so many days ahead, from 0 to 365.
  case date(DateSense, leastDaysAhead: Int = 0)
  /// A time of day within these minutes after midnight.
  case time(ClosedRange<Int>)
  /// A postcode.
  case postcode
  /// A phone number.
  case phone
  /// An e-mail address.
  case email
  /// A code of that pattern.
  case code(CodePattern)

  /// The same question with these choices in place of its own.
  func narrowed(to options: [Option]) -> AnswerType {
    switch self {
    case .choices: .choices(options)
    case .several(_, let limit): .several(options, upTo: min(limit, options.count))
    case .yesOrNo, .number, .words, .date, .time, .postcode, .phone, .email, .code: self
    }
  }

  /// The ids that an answer can be; empty for a type without choices.
  var ids: [String] {
    switch self {
    case .choices(let options), .several(let options, _): options.map(\.id)
    case .yesOrNo: ["yes", "no"]
    case .number, .words, .date, .time, .postcode, .phone, .email, .code: []
    }
  }

  /// One choice as matching sees it.
  public struct Option: Equatable, Sendable {
    /// The id that is stored.
    public var id: String
    /// Labels and synonyms of every declared language, as written; shared synonyms are added by
    /// the vocabulary under the same id.
    public var phrases: [String]

    /// Makes an option.
    public init(id: String, phrases: [String]) {
      self.id = id
      self.phrases = phrases
    }
  }
}
