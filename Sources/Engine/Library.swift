import Messaging

/// All conversations of a landlord, compiled together, with the words that they share.
///
/// It never changes; publishing makes a new one. Programs of older versions can be added, since a
/// session keeps the version that it began with. It is a class because it is large and every turn is
/// handed it: copying a struct of this size costs more than a whole turn does.
public final class Library: Sendable {
  /// The ids of the conversations, in alphabetical order.
  public let conversationIDs: [String]
  /// The words that every conversation shares.
  public let vocabulary: Vocabulary
  /// What the gateway itself says.
  public let texts: EngineTexts

  let keywords: KeywordTable
  /// No keywords, for replies to what the gateway itself asked.
  let noKeywords: KeywordTable
  /// What is taken for an answer to “1 or 2”, to “did you mean” and to the list of languages.
  let oneOrTwo: QuestionMatcher
  let yesOrNo: QuestionMatcher
  let languageQuestion: QuestionMatcher
  private let programs: [String: Program]
  private let pinned: [Program]
  private let programsByHash: [String: Program]
  private let sources: [String: ProgramSource]

  /// The id of the conversation that runs when nothing matched.
  static let notUnderstoodID = "not-understood"

  /// Puts programs in force together; `pinned` are older ones, and `sources` is by hash.
  init(
    programs: [Program], pinned: [Program] = [], sources: [String: ProgramSource],
    vocabulary: Vocabulary, texts: EngineTexts
  ) {
    conversationIDs = programs.map(\.id).sorted()
    self.vocabulary = vocabulary
    self.texts = texts
    keywords = KeywordTable(programs.flatMap(\.keywords), vocabulary: vocabulary)
    noKeywords = KeywordTable([], vocabulary: vocabulary)
    oneOrTwo = QuestionMatcher(
      .choices(["1", "2"].map { AnswerType.Option(id: $0, phrases: []) }), vocabulary: vocabulary)
    yesOrNo = QuestionMatcher(.yesOrNo, vocabulary: vocabulary)
    let options = texts.languages.map { AnswerType.Option(id: $0.code, phrases: [$0.name]) }
    languageQuestion = QuestionMatcher(.choices(options), vocabulary: vocabulary)
    self.programs = Dictionary(programs.map { ($0.id, $0) }) { first, _ in first }
    self.pinned = pinned
    programsByHash = Dictionary((programs + pinned).map { ($0.hash, $0) }) { first, _ in first }
    self.sources = sources
  }

  /// The version in force of a conversation; nil when there is none of that id.
  public func program(_ id: String) -> Program? { programs[id] }

  /// The program of that hash, in force or added; nil when it is neither.
  public func program(hash: String) -> Program? { programsByHash[hash] }

  /// All that decides the program of that hash, to store beside the sessions that use it.
  public func source(ofHash hash: String) -> ProgramSource? { sources[hash] }

  /// The library with an older version added, for the sessions that began with it.
  ///
  /// Returns nil when the source cannot be read by this version of the language any more.
  public func adding(pinned source: ProgramSource) -> Library? {
    guard programsByHash[source.hash] == nil else { return self }
    let vocabularyInForce = vocabulary
    let (vocabulary, _) = Vocabulary.load(
      engine: ("engine.txt", source.engineText),
      commonWords: ("common-words.txt", source.commonWords))
    guard let vocabulary else { return nil }
    let (program, _) = ProgramReader.read(
      file: source.conversation + ".txt", text: source.text, hash: source.hash,
      vocabulary: vocabulary, runs: source.runs)
    guard let program else { return nil }
    var sources = sources
    sources[source.hash] = source
    return Library(
      programs: conversationIDs.compactMap { programs[$0] }, pinned: pinned + [program],
      sources: sources, vocabulary: vocabularyInForce, texts: texts)
  }

  /// A poll made ready for turns with these words.
  public func prepared(_ poll: Poll) -> PreparedPoll {
    PreparedPoll(poll, vocabulary: vocabulary)
  }

  /// The library without an older version: its sessions move to the step of the same name in the
  /// version in force when something next happens to them, or are handed over with an apology.
  ///
  /// The version in force is not withdrawn by this; publishing another one does that.
  public func withdrawing(hash: String) -> Library {
    guard pinned.contains(where: { $0.hash == hash }) else { return self }
    var sources = sources
    sources[hash] = nil
    return Library(
      programs: conversationIDs.compactMap { programs[$0] },
      pinned: pinned.filter { $0.hash != hash }, sources: sources, vocabulary: vocabulary,
      texts: texts)
  }

  /// The conversations in force that use what the gateway cannot do yet, or run one that does: they
  /// are not to be published.
  public var refusals: [Diagnostic] {
    programs.values.sorted { $0.id < $1.id }.compactMap { program in
      for statement in program.steps.lazy.flatMap(\.statements) {
        let problem: String
        if let act = statement as? Act, !act.kind.isLive {
          problem = "“\(act.kind.words)” cannot be done yet, so this is not published"
        } else if let run = statement as? RunConversation, needsWhatIsToCome(run.conversation, 0) {
          problem = "“\(run.conversation)” is not published, so this is not either"
        } else {
          continue
        }
        return Diagnostic(
          code: "E314", file: program.file, line: statement.line, problem: problem,
          fix: "leave this line out until the gateway can do it")
      }
      return nil
    }
  }

  private func needsWhatIsToCome(_ id: String, _ depth: Int) -> Bool {
    guard let program = programs[id], depth <= Session.depthLimit else { return false }
    return !program.actionsToCome.isEmpty
      || program.runs.keys.contains { needsWhatIsToCome($0, depth + 1) }
  }

  /// The team that answers for what no conversation answers for.
  var defaultTeam: String {
    (programs[Self.notUnderstoodID] ?? conversationIDs.first.flatMap { programs[$0] })?.owner ?? ""
  }

  /// The first question that follows a keyword without a branch on the way, or nil.
  func firstQuestion(after keyword: Keyword) -> Ask? {
    guard let program = programs[keyword.conversation] else { return nil }
    var step = keyword.step.flatMap { program.stepNames.firstIndex(of: $0) } ?? 0
    var index = 0
    for _ in 0..<100 {
      guard let statement = program.statement(step: step, at: index) else { return nil }
      if let ask = statement as? Ask { return ask }
      guard let exit = statement.exits.first, statement.exits.count == 1 else { return nil }
      switch exit.target {
      case .next: index += 1
      case .step(let target): (step, index) = (target, 0)
      case .stop: return nil
      }
    }
    return nil
  }
}

/// All that decides one version of a conversation.
public struct ProgramSource: Equatable, Sendable {
  /// The conversation's id.
  public var conversation: String
  /// The hash of the texts, as the hash function of `Library.load` gave it.
  public var hash: String
  /// The conversation's own text.
  public var text: String
  /// The text of `common-words.txt`.
  public var commonWords: String
  /// The text of `engine.txt`.
  public var engineText: String
  /// The conversations that it runs, by id, with the hash of the version that is run.
  public var runs: [String: String]

  /// Makes a source, as read back from where it was stored.
  public init(
    conversation: String, hash: String, text: String, commonWords: String, engineText: String,
    runs: [String: String] = [:]
  ) {
    self.conversation = conversation
    self.hash = hash
    self.text = text
    self.commonWords = commonWords
    self.engineText = engineText
    self.runs = runs
  }
}
