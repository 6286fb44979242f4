import Messaging

/// One conversation, read, checked and compiled: steps by index, wording cut into pieces.
///
/// It is a class for the reason that `Library` is one.
public final class Program: Sendable {
  /// The conversation's id: its file's name without `.txt`.
  public let id: String
  /// The hash of all that decides it: its own text, `common-words.txt` and `engine.txt`.
  public let hash: String
  /// What it is called on staff pages.
  public let title: String
  /// The team that owns it.
  public let owner: String
  /// What it is for, in one sentence; empty where the file does not say.
  public let purpose: String
  /// The class of consent that its messages need.
  public let messageClass: MessageClass
  /// The least private that its answers may be.
  public let answers: AnswerPrivacy
  /// Who or what may start it.
  public let startFrom: [StartSource]
  /// The declared languages; the first is the source language.
  public let languages: [String]
  /// The keywords that start it.
  public let keywords: [Keyword]
  /// The names of its steps, in the file's order; the first is where it starts.
  public var stepNames: [String] { steps.map(\.name) }

  /// What staff fill in when they start it.
  public let fillIns: [FillIn]
  /// The actions that it uses and that the gateway cannot do yet; such a conversation is not
  /// published.
  public let actionsToCome: [String]

  let steps: [Step]
  /// The conversations that it runs, by id, with the hash of the version that is run.
  let runs: [String: String]
  /// Whether it asks the questions of a poll.
  let asksPoll: Bool
  let forgetAfter: Duration?
  let gate: Gate?
  let allowedFindings: [String]
  /// The folded keywords of translations, by which a person shows their language.
  let keywordLanguages: [String: Int]
  /// The names that `set` counts with; they are 0 at first.
  let numbers: Set<String>
  /// What a choice is called to people, by question and id.
  let questionLabels: [String: [String: Wording]]
  /// The line of each keyword, for findings.
  let keywordLines: [String: Int]
  let examples: [Example]
  let file: String

  init(
    id: String, hash: String, file: String, settings: Settings, languages: [String],
    keywords: [Keyword], keywordLanguages: [String: Int], steps: [Step], gate: Gate?,
    numbers: Set<String>, examples: [Example], runs: [String: String] = [:]
  ) {
    self.id = id
    self.hash = hash
    self.file = file
    title = settings.title
    owner = settings.owner
    purpose = settings.purpose
    messageClass = settings.messageClass
    answers = settings.answers ?? .named
    startFrom = settings.startFrom
    forgetAfter = settings.forgetAfter
    allowedFindings = settings.allowed
    self.languages = languages
    self.keywords = keywords
    self.keywordLanguages = keywordLanguages
    keywordLines = Dictionary(settings.keywords.map { ($0.words, $0.line) }) { first, _ in first }
    self.steps = steps
    self.runs = runs
    fillIns = settings.fillIns
    let statements = steps.flatMap(\.statements)
    asksPoll = statements.contains { $0 is AskEach }
    let toCome = statements.compactMap { $0 as? Act }.map(\.kind).filter { !$0.isLive }
    actionsToCome = Set(toCome.map(\.words)).sorted()
    self.gate = gate
    self.numbers = numbers
    self.examples = examples
    var labels: [String: [String: Wording]] = [:]
    for ask in steps.lazy.flatMap(\.statements).compactMap({ $0 as? Ask }) {
      for choice in ask.choices { labels[ask.name, default: [:]][choice.id] = choice.label }
    }
    questionLabels = labels
  }

  /// A conversation without anything in it, where there is none.
  static let none = Program(
    id: "", hash: "", file: "", settings: Settings(), languages: [], keywords: [],
    keywordLanguages: [:], steps: [], gate: nil, numbers: [], examples: [])

  /// A step: statements one after another.
  struct Step: Sendable {
    let name: String
    let line: Int
    let statements: [any Statement]
  }

  /// Whom the conversation is for, and what everyone else is told.
  struct Gate: Sendable {
    let line: Int
    let condition: Condition
    let otherwise: Wording
  }

  /// The place of a language among the declared ones; the source language for an undeclared one.
  func languageIndex(_ code: String?) -> Int {
    code.flatMap { languages.firstIndex(of: $0) } ?? 0
  }

  /// The statement there, or nil when a stored place does not exist.
  func statement(step: Int, at index: Int) -> (any Statement)? {
    guard steps.indices.contains(step), steps[step].statements.indices.contains(index) else {
      return nil
    }
    return steps[step].statements[index]
  }
}

/// How private a conversation's answers are at least.
public enum AnswerPrivacy: String, CaseIterable, Sendable {
  /// Nobody can find out who answered what.
  case anonymous
  /// Only a facilitator sees names.
  case confidential
  /// Staff see names.
  case named
}

/// Who or what may start a conversation.
public enum StartSource: String, CaseIterable, Sendable {
  /// A resident, by a keyword.
  case resident
  /// A member of staff.
  case staff
  /// A schedule.
  case schedule
  /// A poll.
  case poll
}
