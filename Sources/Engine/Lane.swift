import Messaging

/// Everything the engine remembers of one address between turns.
///
/// It is stored as bytes by the gateway and means nothing to it, but for the few public properties
/// that it must look at.
public struct Lane: Equatable, Sendable {
  /// The session that is under way, or nil.
  var open: Session?
  /// The sessions that wait for it to end, the last to be taken up first; at most three.
  var aside: [Session] = []
  /// The sessions that wait for a time, in the order in which they began to; at most ten.
  var asleep: [Session] = []
  /// The poll question that was answered last, so that a bare choice changes the answer.
  var voted: VotedQuestion?
  /// The language that the person chose with LANG.
  var chosenLanguage: String?
  /// The language of the keyword that the person last wrote.
  var writtenLanguage: String?
  /// When something was last said.
  var lastSent: Instant?
  /// What the gateway itself asked and has no answer to yet.
  var pending: PendingQuestion?
  /// What MORE says next; empty for nothing.
  var more = ""
  /// The team that took over, until staff close the case.
  var handedOverTo: String?
  /// How many questions were asked here so far: the last one's number.
  var questionCount = 0
  /// Whether the open question must be asked again before a reply is matched to it.
  var mustAskAgain = false

  /// How many sessions may wait.
  static let asideLimit = 3
  /// How many sessions may wait for a time.
  static let asleepLimit = 10

  /// A lane on which nothing has happened.
  public init() {}

  /// The number of the question that is open, which `Outgoing.question` carried; nil for none.
  public var openQuestion: Int? {
    open.flatMap { $0.question > 0 ? $0.question : nil }
  }

  /// The id of the conversation that is under way; nil for none.
  public var openConversation: String? { open?.conversation }

  /// Whether a person of staff took over and has not closed the case.
  public var isHandedOver: Bool { handedOverTo != nil }

  /// The numbers of the open question and of every `wait`: the timers of all others are stale.
  public var timedQuestions: [Int] {
    (openQuestion.map { [$0] } ?? []) + asleep.map(\.question)
  }

  /// The hashes of the programs that its sessions began with.
  public var hashesInUse: [String] {
    ((open.map { [$0] } ?? []) + aside + asleep).flatMap { [$0.hash] + $0.callers.map(\.hash) }
  }

  /// The ids of the polls that its sessions ask about, and of the one that was answered last.
  public var pollsInUse: [String] {
    let sessions = (open.map { [$0] } ?? []) + aside + asleep
    return (sessions.map(\.poll) + [voted?.poll ?? ""]).filter { !$0.isEmpty }
  }
}

/// The question of a poll that a person answered last, and where its conversation was then.
struct VotedQuestion: Equatable, Sendable {
  var poll: String
  var question: Int
  var conversation: String
  var hash: String
  var step: Int
  var stepName: String
  var statement: Int
}

/// Something the gateway itself asked, outside every conversation.
enum PendingQuestion: Equatable, Sendable {
  /// Whether the words, kept here, were a keyword (1) or an answer (2).
  case keywordOrAnswer(Keyword, words: String)
  /// Whether a near miss meant that keyword.
  case nearKeyword(Keyword)
  /// Which language.
  case language
  /// Whether the person wants to opt out.
  case nearStop
}

/// A turn that waits for the outcome of an action; lives only within one transaction.
public struct Suspended: Sendable {
  let run: TurnRun
}
