/// Which rule of the language page decided what a reply meant, for authors who try a conversation.
public struct Explanation: Equatable, Sendable {
  /// The rule's number in section 2 of the language page, from 1 to 5; nil for what comes before
  /// all of them.
  public var rule: Int?
  /// Why that rule applies, in one sentence.
  public var sentence: String
}

extension Explanation {
  /// A reply to what the gateway itself had just asked.
  static let ofOwnQuestion = Explanation(
    rule: nil, sentence: "It answers what the gateway itself had just asked.")
  /// A message without words.
  static let ofNothing = Explanation(rule: 5, sentence: "There are no words in it.")
  /// A bare choice after the poll's last question.
  static let ofChangedAnswer = Explanation(
    rule: 3, sentence: "It is a bare choice after a poll, and stands for the last question of it.")

  /// What the reading of a message rests on.
  init(
    _ reading: Reading, reply: FoldedReply, isPressed: Bool, question: Ask?,
    matcher: QuestionMatcher?, why unclear: ReplyMatch.Unclear?
  ) {
    let name = question?.name ?? ""
    switch reading {
    case .engineWord(let word):
      (rule, sentence) = (1, "It is \(word.rawValue.uppercased()), a word of the gateway's own.")
    case .nearOptOut: (rule, sentence) = (1, "It reads like a wish to opt out.")
    case .danger: (rule, sentence) = (2, "It holds danger words.")
    case .answer(let answer):
      let how = isPressed ? "a button was pressed" : Self.how(reply, matcher)
      (rule, sentence) = (3, "The open question “\(name)” takes it for “\(answer.stored)”: \(how).")
    case .keyword(let keyword, let rest):
      let how = rest.isEmpty ? "It is the keyword" : "It begins with the keyword"
      (rule, sentence) = (4, "\(how) \(keyword.words) of \(keyword.place).")
    case .keywordOrAnswer(let keyword):
      rule = 4
      sentence =
        "The open question “\(name)” takes any words, and these are exactly the keyword "
        + "\(keyword.words) of \(keyword.place), so it is asked which."
    case .nearKeyword(let keyword):
      rule = 4
      sentence =
        "It is a slip away from the keyword \(keyword.words) of \(keyword.place), "
        + "which is asked about and never taken."
    case .notUnderstood:
      rule = 3
      sentence =
        "The open question “\(name)” does not take it: \(Self.why(unclear)); nor is it a keyword."
    case .nothing:
      (rule, sentence) = (5, "No question is open, and no keyword fits.")
    }
  }

  private static func how(_ reply: FoldedReply, _ matcher: QuestionMatcher?) -> String {
    switch matcher?.evidence(in: reply) {
    case .whole: "the whole reply is its number, id, label or synonym"
    case .shared: "the whole reply is a synonym of common-words.txt"
    case .phrase: "the reply holds a phrase of that choice and of no other"
    case .sign: "the sign stands for it"
    case .slip: "the whole reply is a slip of the finger away from it"
    case nil: "its type is \(matcher?.form ?? "")"
    }
  }

  private static func why(_ unclear: ReplyMatch.Unclear?) -> String {
    switch unclear {
    case .ambiguous: "it may mean two things"
    case .notAccepted: "it is of the type, but not one that the question takes"
    case .tooMuch: "it holds more than the question takes"
    case .nothingFound, nil: "it holds no answer"
    }
  }
}

extension Keyword {
  /// The conversation, and the step where there is one, in words.
  fileprivate var place: String { conversation + (step.map { " (step “\($0)”)" } ?? "") }
}

extension TurnRun {
  /// Notes what decided, if that is wanted.
  mutating func explain(_ explanation: Explanation) {
    if explains { self.explanation = explanation }
  }

  /// Notes what the reading of a message rests on.
  mutating func explain(_ reading: Reading, of text: String, choice: String?, to ask: Ask?) {
    let reply = FoldedReply(text)
    let matcher = ask.map { self.matcher(of: $0) }
    var unclear: ReplyMatch.Unclear?
    let context = ReplyContext(today: today, sureOnly: self.context.question == .unknown)
    if case .unclear(let reason)? = matcher?.match(reply, context) { unclear = reason }
    explanation = Explanation(
      reading, reply: reply, isPressed: choice.flatMap { matcher?.answer(pressed: $0) } != nil,
      question: ask, matcher: matcher, why: unclear)
    guard let team = lane.handedOverTo, ask == nil, belongsToStaff(reading) else { return }
    explanation?.sentence += " \(team) has taken over, so that it goes to the case."
  }
}
