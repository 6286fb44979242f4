import Messaging

/// One type of answer, all in its own file: what stands in the brackets behind a question's name, and
/// what replies mean.
///
/// A value of the type is a question that is ready for replies: whatever it looks up was prepared when
/// the file was read. Nothing here ever guesses. Where a reply may mean two things it is not
/// understood, and the person is asked again.
protocol AnswerTypeKind: Sendable {
  /// How an author writes it, brackets included.
  static var form: String { get }
  /// Reads what stands in the brackets; nil for the words of another type.
  ///
  /// A mistake in the words is reported, and gives a type that will do in the meantime.
  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType?
  /// What a reply means.
  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch
  /// What the gateway says of the answer that is wanted where the script has no words for a reply
  /// that was not understood; nil where the question says it all.
  var hint: RetryHint? { get }
}

/// The types of answer, in the order in which the reader tries them.
let answerTypeKinds: [any AnswerTypeKind.Type] = [
  OneChoice.self, SeveralChoices.self, YesOrNo.self, NumberAnswer.self, DateAnswer.self,
  TimeAnswer.self, PostcodeAnswer.self, PhoneAnswer.self, EmailAnswer.self, WordsAnswer.self,
  CodeAnswer.self,
]

/// What a type needs to know of the question that is being read.
struct TypedQuestion {
  /// Where it begins.
  var line: Int
  /// The choices under it, or of the list that it names.
  var options: [AnswerType.Option]
}

/// The circumstances of a reply.
struct ReplyContext: Sendable {
  /// The day that it is where the person lives.
  var today: CivilDate
  /// Whether only a reply that is the answer and nothing else is taken, courtesies apart.
  var sureOnly: Bool
}

/// What a reply means to a question.
enum ReplyMatch: Equatable, Sendable {
  /// This answer and no other.
  case certain(Reading.Answer)
  /// Nothing that could be relied on.
  case unclear(Unclear)

  /// Why a reply is not understood.
  enum Unclear: String, CaseIterable, Sendable {
    /// It holds no answer of the type.
    case nothingFound
    /// It may mean two things, or one and its opposite.
    case ambiguous
    /// It is an answer of the type, but not one that the question takes.
    case notAccepted
    /// It holds more choices or characters than the question takes.
    case tooMuch
  }

  /// The answer, or nil when the reply is not understood.
  var answer: Reading.Answer? {
    if case .certain(let answer) = self { answer } else { nil }
  }

  /// A value that may not have been found.
  static func found(_ answer: Reading.Answer?, else reason: Unclear = .nothingFound) -> Self {
    answer.map { .certain($0) } ?? .unclear(reason)
  }
}

/// Words of the gateway's own about the answer that is wanted, with what stands in their slots.
struct RetryHint: Equatable, Sendable {
  var text: EngineText
  var slots: [String: String] = [:]
}
