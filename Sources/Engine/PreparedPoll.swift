import Messaging

/// A poll made ready for turns: what its questions take for an answer is compiled once.
///
/// It is a class because every turn is handed it.
public final class PreparedPoll: Sendable {
  /// The poll.
  public let poll: Poll
  private let types: [AnswerType]
  private let matchers: [QuestionMatcher]

  /// Prepares a poll with the words that every conversation shares.
  public init(_ poll: Poll, vocabulary: Vocabulary) {
    self.poll = poll
    types = poll.questions.map(Self.type)
    matchers = types.map { QuestionMatcher($0, vocabulary: vocabulary) }
  }

  /// Whether answers still count.
  public func isOpen(at now: Instant) -> Bool { poll.closes.map { now < $0 } ?? true }

  /// What stands there for a script's value such as `poll topic`, in that language or the source
  /// language.
  func value(named name: String, language: String) -> String? {
    poll.bargain[language]?[name] ?? poll.languages.first.flatMap { poll.bargain[$0]?[name] }
  }

  /// What the answer of that question is called to people; the value itself where it has no label.
  func spoken(_ value: String, question index: Int, language: String) -> String {
    guard poll.questions.indices.contains(index) else { return value }
    let choices = poll.questions[index].choices
    guard !choices.isEmpty else { return value }
    return value.parts(between: ",").map { id in
      let choice = choices.first { $0.id == id }
      return choice.flatMap { inLanguage($0.labels, language) } ?? id
    }.joined(separator: ", ")
  }

  /// The question at that place as the conversation asks it; nil when there is none.
  func ask(_ index: Int, _ each: AskEach, languages: [String]) -> Ask? {
    guard poll.questions.indices.contains(index) else { return nil }
    let question = poll.questions[index]
    let choices = question.choices.map { choice in
      Ask.Choice(
        line: each.line, id: choice.id, label: wording(choice.labels, each, languages),
        phrases: [], target: nil)
    }
    return Ask(
      line: each.line, name: question.name, wording: wording(question.wording, each, languages),
      type: types[index], matcher: matchers[index], choices: choices, showsChoices: true,
      retry: each.retry, giveUp: each.giveUp, reminder: each.reminder, silence: each.silence)
  }

  /// Words by language as wording of a conversation with those languages.
  private func wording(
    _ words: [String: String], _ each: AskEach, _ languages: [String]
  ) -> Wording {
    let variants = languages.indices.compactMap { index in
      (words[languages[index]] ?? (index == 0 ? inLanguage(words, languages[0]) : nil)).map {
        let segment = Template.Segment(condition: nil, startsLine: false, pieces: [.text($0)])
        return Wording.Variant(
          channel: nil, language: index, line: each.line, template: Template(segments: [segment]))
      }
    }
    return Wording(line: each.line, variants: variants)
  }

  private func inLanguage(_ words: [String: String], _ language: String) -> String? {
    words[language] ?? poll.languages.lazy.compactMap { words[$0] }.first
  }

  private static func type(of question: Poll.Question) -> AnswerType {
    let options = question.choices.map { choice in
      let labels = choice.labels.keys.sorted().compactMap { choice.labels[$0] }
      return AnswerType.Option(id: choice.id, phrases: labels + choice.synonyms)
    }
    return (question.type ?? .choices([])).narrowed(to: options)
  }
}
