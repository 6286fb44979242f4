/// One question's answers, prepared once so that matching a reply is a few look-ups.
public struct QuestionMatcher: Sendable {
  /// Prepares a question.
  public init(_ type: AnswerType, vocabulary: Vocabulary) {}

  /// The answer that the reply gives, or nil when it is not understood.
  ///
  /// `sureOnly` takes only a number, id, label or synonym that is the whole reply.
  public func answer(to reply: FoldedReply, sureOnly: Bool) -> Reading.Answer? { nil }
}
