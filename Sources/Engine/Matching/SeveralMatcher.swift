/// Matches a reply to several of a question's choices.
struct SeveralMatcher: Sendable {
  /// A longer reply tells a story.
  private static let limitInWords = 40

  let limit: Int
  private let choices: ChoiceMatcher
  private let vocabulary: Vocabulary

  init(_ options: [AnswerType.Option], limit: Int, vocabulary: Vocabulary) {
    choices = ChoiceMatcher(options, vocabulary: vocabulary)
    self.limit = limit
    self.vocabulary = vocabulary
  }

  /// The ids of the choices.
  var ids: [String] { choices.ids }

  /// What was found in a reply so far.
  private struct Found {
    var options: Set<Int> = []
    /// Whether a number or a word under three letters is among it, which counts only alone.
    var isWeak = false
    var isAmbiguous = false
    /// Words between what was found.
    var unknown: [[String]] = []
  }

  /// The choices that the reply names, in the order of the list.
  func choices(in reply: FoldedReply, sureOnly: Bool) -> ReplyMatch {
    let words = vocabulary.withoutCourtesies(reply.words)
    guard !DigitRange.isIn(reply.text), words.count <= Self.limitInWords else {
      return .unclear(.ambiguous)
    }
    if let all = all(words) { return answer(all) }
    var found = found(in: words)
    guard !found.isAmbiguous else { return .unclear(.ambiguous) }
    if !found.unknown.isEmpty {
      guard !sureOnly, !found.isWeak, !reply.text.isQuestion else { return .unclear(.ambiguous) }
      for run in found.unknown {
        if case .one(let option) = choices.slip(run) { found.options.insert(option) }
      }
    }
    let symbols = Set(reply.symbols.compactMap { choices.symbols[$0] })
    guard words.isEmpty || symbols.isSubset(of: found.options) else { return .unclear(.ambiguous) }
    return answer(words.isEmpty ? symbols : found.options)
  }

  private func found(in words: [String]) -> Found {
    var found = Found()
    var index = 0
    var isInRun = false
    while index < words.count {
      if let (meaning, count) = longest(words, at: index) {
        let phrase = words[index..<index + count]
        guard case .one(let option) = meaning,
          found.options.isEmpty || !vocabulary.negations.contains(words[index])
            || choices.isOwn(phrase)
        else {
          found.isAmbiguous = true
          return found
        }
        found.options.insert(option)
        found.isWeak = found.isWeak || isWeak(phrase)
        index += count
        isInRun = false
        continue
      }
      let word = words[index]
      index += 1
      if vocabulary.negations.contains(word) { found.isAmbiguous = true }
      if vocabulary.joining.contains(word) {
        isInRun = false
      } else if isInRun {
        found.unknown[found.unknown.count - 1].append(word)
      } else {
        found.unknown.append([word])
        isInRun = true
      }
    }
    return found
  }

  /// The longest phrase from there on that means a choice.
  private func longest(_ words: [String], at start: Int) -> (ChoiceMatcher.Meaning, Int)? {
    let most = min(choices.longestPhrase, words.count - start)
    for count in stride(from: most, to: 0, by: -1) {
      let key = words[start..<start + count].joined(separator: " ")
      if let meaning = choices.meaning(ofWhole: key) { return (meaning, count) }
    }
    return nil
  }

  private func isWeak(_ phrase: ArraySlice<String>) -> Bool {
    let letters = phrase.reduce(0) { $0 + $1.unicodeScalars.count }
    return letters < 3 || choices.isNumber(phrase.joined(separator: " "))
  }

  /// Every choice, where the reply says "all" and that many may be chosen.
  private func all(_ words: [String]) -> Set<Int>? {
    let count = choices.ids.count
    let names = count == 2 ? ["all", "both"] : ["all"]
    let isAll = names.contains { name in
      !choices.ids.contains(name) && vocabulary.shared[name]?.phrases.contains(words) == true
    }
    return isAll && choices.meaning(ofWhole: words.joined(separator: " ")) == nil
      ? Set(0..<count) : nil
  }

  private func answer(_ options: Set<Int>) -> ReplyMatch {
    guard !options.isEmpty else { return .unclear(.nothingFound) }
    let ids = options.sorted().map { choices.ids[$0] }
    guard ids.count == 1 || !ids.contains("none") else { return .unclear(.ambiguous) }
    return ids.count <= limit ? .certain(.choices(ids)) : .unclear(.tooMuch)
  }
}

extension String {
  /// Whether it ends as a question does.
  var isQuestion: Bool {
    guard let last = unicodeScalars.last(where: { !$0.properties.isWhitespace }) else {
      return false
    }
    return last == "?" || last == "\u{FF1F}" || last == "\u{061F}"
  }
}
