/// Phrases by their first word, so that looking for all of them in a message costs one look-up a
/// word.
struct PhraseIndex<Value: Sendable>: Sendable {
  /// A phrase found in a message.
  struct Occurrence {
    /// Where, in words.
    var range: Range<Int>
    /// How long the phrase is, in bytes of its words.
    var length: Int
    var value: Value
  }

  private struct Phrase {
    var words: [String]
    var length: Int
    var value: Value
  }

  private var byFirstWord: [String: [Phrase]] = [:]

  /// Adds a phrase; one without words is never found.
  mutating func insert(_ words: [String], _ value: Value) {
    guard let first = words.first else { return }
    let length = words.reduce(0) { $0 + $1.utf8.count }
    byFirstWord[first, default: []].append(Phrase(words: words, length: length, value: value))
  }

  /// Whether any phrase starts with the word.
  func hasPhrase(startingWith word: String) -> Bool { byFirstWord[word] != nil }

  /// Every phrase that the words hold, at word boundaries, in order.
  func occurrences(in words: [String]) -> [Occurrence] {
    var found: [Occurrence] = []
    for start in words.indices {
      forEachPhrase(in: words, at: start) { found.append($0) }
    }
    return found
  }

  /// The longest phrase that the words begin with.
  func longestPrefix(of words: [String]) -> Occurrence? {
    var longest: Occurrence?
    guard !words.isEmpty else { return nil }
    forEachPhrase(in: words, at: 0) { occurrence in
      if occurrence.range.count > longest?.range.count ?? 0 { longest = occurrence }
    }
    return longest
  }

  /// The longest phrase that stands at that place.
  func longest(in words: [String], at start: Int) -> Occurrence? {
    var longest: Occurrence?
    forEachPhrase(in: words, at: start) { occurrence in
      if occurrence.range.count > longest?.range.count ?? 0 { longest = occurrence }
    }
    return longest
  }

  /// The value of exactly that phrase; the first of several.
  func value(of words: [String]) -> Value? {
    guard let first = words.first else { return nil }
    return byFirstWord[first]?.first { $0.words == words }?.value
  }

  private func forEachPhrase(in words: [String], at start: Int, _ body: (Occurrence) -> Void) {
    guard let phrases = byFirstWord[words[start]] else { return }
    for phrase in phrases where words[start...].starts(with: phrase.words) {
      let range = start..<start + phrase.words.count
      body(Occurrence(range: range, length: phrase.length, value: phrase.value))
    }
  }
}

extension PhraseIndex {
  /// The occurrences that no longer one overlaps; of two equally long both stay.
  static func longest(of occurrences: [Occurrence], among count: Int) -> [Occurrence] {
    guard occurrences.count > 1 else { return occurrences }
    var reach = [Int](repeating: 0, count: count)
    for occurrence in occurrences {
      for word in occurrence.range { reach[word] = max(reach[word], occurrence.length) }
    }
    return occurrences.filter { occurrence in
      occurrence.range.allSatisfy { reach[$0] == occurrence.length }
    }
  }
}
