import Messaging

/// Matches a reply to one of a question's choices.
///
/// The first of these that says anything decides: the whole reply is a number, id, label or
/// synonym; the whole reply is a shared synonym; the reply holds phrases; the whole reply is a slip
/// of the finger away from a phrase. Wherever two choices compete, the reply is not understood, nor is
/// a question that only holds a phrase.
struct ChoiceMatcher: Sendable {
  /// A choice by its place, or more than one.
  enum Meaning: Equatable {
    case one(Int)
    case several

    init(_ option: Int) { self = .one(option) }

    func and(_ option: Int) -> Meaning { self == .one(option) ? self : .several }
  }

  /// The ids in the order of their numbers.
  let ids: [String]
  private let vocabulary: Vocabulary
  /// What is sure when it is the whole reply, by words joined with spaces.
  private var sure: [String: Meaning] = [:]
  /// Shared synonyms that are the whole reply.
  private var shared: [String: Meaning] = [:]
  private(set) var symbols: [String: Int] = [:]
  /// The words of the longest phrase.
  private(set) var longestPhrase = 1
  private var contained = PhraseIndex<Int>()
  /// What a slip may be of, by the number of words.
  private var phrases: [Int: [(words: [String], option: Int)]] = [:]

  init(_ options: [AnswerType.Option], vocabulary: Vocabulary) {
    ids = options.map(\.id)
    self.vocabulary = vocabulary
    for (index, option) in options.enumerated() {
      for phrase in [option.id] + option.phrases { addOwn(FoldedReply(phrase), index) }
    }
    for index in options.indices { addNumber(index) }
    for (index, option) in options.enumerated() {
      let key = Folding.words(option.id).joined(separator: " ")
      if let choice = vocabulary.shared[key] { addShared(choice, index) }
    }
    for key in Array(sure.keys) + Array(shared.keys) {
      longestPhrase = max(longestPhrase, key.utf8.lazy.filter { $0 == 0x20 }.count + 1)
    }
  }

  /// What a reply was recognised by, in the order in which it is tried.
  enum Evidence: Equatable {
    /// The whole reply is a number, an id, a label or a synonym of the script.
    case whole
    /// The whole reply is a synonym that every such question shares.
    case shared
    /// The reply holds phrases of one choice and of no other.
    case phrase
    /// The reply is a sign, such as an emoji.
    case sign
    /// The whole reply is a slip of the finger away.
    case slip
  }

  /// The id of the choice that the reply means, or nil when it is not understood.
  func choice(in reply: FoldedReply, sureOnly: Bool) -> String? {
    found(in: reply, sureOnly: sureOnly)?.id
  }

  /// The choice that the reply means and what it was recognised by; nil when it is not understood.
  func found(in reply: FoldedReply, sureOnly: Bool) -> (id: String, evidence: Evidence)? {
    guard case (.one(let option), let evidence)? = meaning(of: reply, sureOnly: sureOnly),
      reply.symbols.allSatisfy({ symbols[$0] ?? option == option })
    else { return nil }
    return (ids[option], evidence)
  }

  private func meaning(of reply: FoldedReply, sureOnly: Bool) -> (Meaning, Evidence)? {
    let core = vocabulary.withoutCourtesies(reply.words)
    let keys = [reply.words, core].map { $0.joined(separator: " ") }
    if let meaning = keys.lazy.compactMap({ sure[$0] }).first { return (meaning, .whole) }
    guard !sureOnly else { return nil }
    if let meaning = keys.lazy.compactMap({ shared[$0] }).first { return (meaning, .shared) }
    if !core.isEmpty, !reply.text.isQuestion, let meaning = meaningWithin(reply.words) {
      return (meaning, .phrase)
    }
    if let meaning = together(reply.symbols) { return (meaning, .sign) }
    return slip(core).map { ($0, .slip) }
  }

  /// What the phrases within the words mean; nil when there is none.
  private func meaningWithin(_ words: [String]) -> Meaning? {
    let all = contained.occurrences(in: words)
    let found = PhraseIndex<Int>.longest(of: all, among: words.count)
    guard let first = found.first?.value else { return nil }
    var meaning = found.reduce(Meaning(first)) { $0.and($1.value) }
    // "2 bins" and "bins and 2" are neither the second choice nor bins when these are two.
    for number in [words.first, words.last].compactMap(\.self)
    where number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      if case .one(let other) = sure[number] { meaning = meaning.and(other) }
    }
    return holdsStrayNegation(words, found, of: first) ? .several : meaning
  }

  /// Whether there is a "not" that the choice's own phrases lack.
  private func holdsStrayNegation(
    _ words: [String], _ found: [PhraseIndex<Int>.Occurrence], of option: Int
  ) -> Bool {
    words.indices.contains { index in
      let word = words[index]
      return vocabulary.negations.contains(word) && sure[word] != .one(option)
        && shared[word] != .one(option) && !found.contains { $0.range.contains(index) }
    }
  }

  private func together(_ symbols: [String]) -> Meaning? {
    let options = symbols.compactMap { self.symbols[$0] }
    guard let first = options.first else { return nil }
    return options.reduce(Meaning(first)) { $0.and($1) }
  }

  /// What the words are a slip of: the closest phrase, when only one choice is that close.
  func slip(_ words: [String]) -> Meaning? {
    var best: (edits: Int, meaning: Meaning)?
    for phrase in phrases[words.count] ?? [] {
      guard
        let edits = NearMiss.distance(
          from: words, to: phrase.words, fixed: vocabulary.fixed)
      else { continue }
      if let closest = best, edits >= closest.edits {
        if edits == closest.edits { best?.meaning = closest.meaning.and(phrase.option) }
      } else {
        best = (edits, Meaning(phrase.option))
      }
    }
    return best?.meaning
  }
}

extension ChoiceMatcher {
  /// What the words mean when they are all that is said of one choice.
  func meaning(ofWhole key: String) -> Meaning? { sure[key] ?? shared[key] }

  /// Whether the script's own words are these.
  func isOwn(_ phrase: ArraySlice<String>) -> Bool {
    phrases[phrase.count]?.contains { $0.words[...] == phrase } ?? false
  }

  /// Whether it is the number of a choice and no more.
  func isNumber(_ key: String) -> Bool {
    vocabulary.numbers[key] != nil || key.utf8.contains { (0x30...0x39).contains($0) }
  }

  private mutating func addOwn(_ phrase: FoldedReply, _ option: Int) {
    guard !phrase.words.isEmpty else {
      for symbol in phrase.symbols { symbols[symbol] = option }
      return
    }
    let key = phrase.words.joined(separator: " ")
    guard sure[key] != .one(option) else { return }
    sure[key] = sure[key]?.and(option) ?? Meaning(option)
    addWithin(phrase.words, option)
  }

  /// Adds the choice's number, in every form that says nothing else.
  private mutating func addNumber(_ option: Int) {
    let number = option + 1
    let names = vocabulary.numbers.filter { $0.value == number }.map(\.key)
    for name in ["\(number)"] + names {
      sure[name] = sure[name]?.and(option) ?? Meaning(option)
      for prefix in vocabulary.prefixes.map({ $0.joined(separator: " ") }) {
        // With a choice "no", "no 2" is not the number of the second.
        if let other = sure[prefix], other != .one(option) { continue }
        let key = prefix + " " + name
        sure[key] = sure[key]?.and(option) ?? Meaning(option)
      }
    }
    for (symbol, value) in vocabulary.numberSymbols where value == number {
      if symbols[symbol] == nil { symbols[symbol] = option }
    }
  }

  /// Adds what every question with such a choice takes, where the script's own words do not say
  /// otherwise.
  private mutating func addShared(_ choice: Vocabulary.SharedChoice, _ option: Int) {
    for words in choice.phrases + choice.alone {
      let key = words.joined(separator: " ")
      guard sure[key] == nil, shared[key] == nil else { continue }
      shared[key] = Meaning(option)
    }
    for words in choice.phrases where shared[words.joined(separator: " ")] == .one(option) {
      addWithin(words, option)
    }
    for symbol in choice.symbols where symbols[symbol] == nil { symbols[symbol] = option }
  }

  /// Words under three letters and digits count only alone.
  private mutating func addWithin(_ words: [String], _ option: Int) {
    phrases[words.count, default: []].append((words, option))
    let letters = words.reduce(0) { $0 + $1.unicodeScalars.count }
    let isNumber = words.joined().utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard letters >= 3, !isNumber else { return }
    contained.insert(words, option)
  }
}
