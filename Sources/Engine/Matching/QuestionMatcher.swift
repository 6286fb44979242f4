/// One question's answers, prepared once so that matching a reply is a few look-ups.
public struct QuestionMatcher: Sendable {
  private enum Kind: Sendable {
    case choices(ChoiceMatcher)
    case number(NumberMatcher)
    case words(limit: Int)
  }

  private let kind: Kind

  /// Prepares a question.
  public init(_ type: AnswerType, vocabulary: Vocabulary) {
    switch type {
    case .choices(let options):
      kind = .choices(ChoiceMatcher(options, vocabulary: vocabulary))
    case .yesOrNo:
      let options = ["yes", "no"].map { AnswerType.Option(id: $0, phrases: []) }
      kind = .choices(ChoiceMatcher(options, vocabulary: vocabulary))
    case .number(let range, let decimals):
      kind = .number(NumberMatcher(range: range, decimals: decimals, vocabulary: vocabulary))
    case .words(let limit):
      kind = .words(limit: limit)
    }
  }

  /// The answer that the reply gives, or nil when it is not understood.
  ///
  /// `sureOnly` takes only a number, id, label or synonym that is the whole reply, courtesies apart;
  /// free words are never sure.
  public func answer(to reply: FoldedReply, sureOnly: Bool) -> Reading.Answer? {
    switch kind {
    case .choices(let choices): choices.choice(in: reply, sureOnly: sureOnly).map { .choice($0) }
    case .number(let number): number.number(in: reply, sureOnly: sureOnly).map { .number($0) }
    case .words(let limit): sureOnly ? nil : Self.words(in: reply, upTo: limit)
    }
  }

  /// The answer of a pressed button; nil when it belongs to another question.
  public func answer(pressed id: String) -> Reading.Answer? {
    guard case .choices(let choices) = kind, choices.ids.contains(id) else { return nil }
    return .choice(id)
  }

  /// Whether the question takes free words.
  var takesWords: Bool {
    if case .words = kind { true } else { false }
  }

  private static func words(in reply: FoldedReply, upTo limit: Int) -> Reading.Answer? {
    guard !reply.text.isEmpty else { return nil }
    if reply.text.utf8.count > limit {
      let end = reply.text.index(
        reply.text.startIndex, offsetBy: limit, limitedBy: reply.text.endIndex)
      guard end == nil || end == reply.text.endIndex else { return nil }
    }
    return .words(reply.text)
  }
}
