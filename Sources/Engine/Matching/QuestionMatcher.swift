import Messaging

/// One question's answers, prepared once so that matching a reply is a few look-ups.
public struct QuestionMatcher: Sendable {
  private let kind: any AnswerTypeKind

  /// Prepares a question.
  public init(_ type: AnswerType, vocabulary: Vocabulary) {
    kind =
      switch type {
      case .choices(let options):
        OneChoice(matcher: ChoiceMatcher(options, vocabulary: vocabulary))
      case .several(let options, let limit):
        SeveralChoices(matcher: SeveralMatcher(options, limit: limit, vocabulary: vocabulary))
      case .yesOrNo: YesOrNo(vocabulary)
      case .number(let range, let decimals):
        NumberAnswer(
          matcher: NumberMatcher(range: range, decimals: decimals, vocabulary: vocabulary))
      case .date(let sense, let leastDaysAhead):
        DateAnswer(
          reader: DateReader(
            words: vocabulary.calendar, sense: sense, leastDaysAhead: leastDaysAhead))
      case .time(let range):
        TimeAnswer(reader: TimeReader(words: vocabulary.calendar, range: range))
      case .postcode: PostcodeAnswer(vocabulary: vocabulary)
      case .phone: PhoneAnswer(vocabulary: vocabulary)
      case .email: EmailAnswer(vocabulary: vocabulary)
      case .words(let limit): WordsAnswer(limit: limit)
      case .code(let pattern): CodeAnswer(pattern: pattern, vocabulary: vocabulary)
      }
  }

  /// The answer that the reply gives, or nil when it is not understood.
  ///
  /// `sureOnly` takes only a reply that is an answer as a whole, courtesies apart: a number, id, label
  /// or synonym of a choice, a date, a code; free words are never sure. `today` is the day where the
  /// person lives, from which "tomorrow" is reckoned.
  public func answer(
    to reply: FoldedReply, on today: CivilDate, sureOnly: Bool
  ) -> Reading.Answer? {
    match(reply, ReplyContext(today: today, sureOnly: sureOnly)).answer
  }

  /// What the reply means, or why that cannot be said.
  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    kind.match(reply, context)
  }

  /// The answer of a pressed button; nil when it belongs to another question.
  public func answer(pressed id: String) -> Reading.Answer? {
    switch kind {
    case let one as OneChoice: one.matcher.ids.contains(id) ? .choice(id) : nil
    case let yesOrNo as YesOrNo: yesOrNo.matcher.ids.contains(id) ? .choice(id) : nil
    case let several as SeveralChoices: several.matcher.ids.contains(id) ? .choices([id]) : nil
    default: nil
    }
  }

  /// What a reply to a question with choices was recognised by; nil for other questions and replies.
  func evidence(in reply: FoldedReply) -> ChoiceMatcher.Evidence? {
    switch kind {
    case let one as OneChoice: one.matcher.found(in: reply, sureOnly: false)?.evidence
    case let yesOrNo as YesOrNo: yesOrNo.matcher.found(in: reply, sureOnly: false)?.evidence
    default: nil
    }
  }

  /// How an author writes the type of answer, brackets included.
  var form: String { type(of: kind).form }

  /// Whether the question takes free words.
  var takesWords: Bool { kind is WordsAnswer }

  /// Whether one reply may name several choices, so that buttons would not do.
  var takesSeveral: Bool { kind is SeveralChoices }

  /// What the gateway says of the answer that is wanted, where the script does not.
  var hint: RetryHint? { kind.hint }
}
