import Messaging

/// The keywords of all conversations, prepared once.
public struct KeywordTable: Sendable {
  private struct Entry: Sendable {
    var words: [String]
    /// The words without the spaces between them.
    var joined: String
    var keyword: Keyword
  }

  /// By words joined with spaces; nil for one that two conversations claim.
  private var exact: [String: Keyword?] = [:]
  private var prefixes = PhraseIndex<Keyword>()
  private var entries: [Entry] = []
  private let vocabulary: Vocabulary

  /// Prepares the keywords; of two that fold alike neither is ever taken, since `check` refuses
  /// them.
  public init(_ keywords: [Keyword], vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    for keyword in keywords {
      let words = Folding.words(keyword.words)
      guard !words.isEmpty else { continue }
      let key = words.joined(separator: " ")
      if let other = exact[key], other != keyword {
        exact.updateValue(nil, forKey: key)
      } else {
        exact.updateValue(keyword, forKey: key)
        entries.append(Entry(words: words, joined: words.joined(), keyword: keyword))
      }
    }
    entries.removeAll { self.exact[$0.words.joined(separator: " ")] != $0.keyword }
    for entry in entries { prefixes.insert(entry.words, entry.keyword) }
  }

  /// The keyword that is the whole message, courtesies apart.
  func exact(_ reply: FoldedReply) -> Keyword? {
    if let keyword = exact[reply.words.joined(separator: " ")] { return keyword }
    let core = vocabulary.withoutCourtesies(reply.words)
    return exact[core.joined(separator: " ")] ?? nil
  }

  /// The longest keyword that the message begins with, and the rest of it as it came; only when the
  /// message has at most three words or the rest answers the first question there.
  func beginning(
    _ reply: FoldedReply, fitsFirstQuestion: (Keyword, String) -> Bool
  ) -> (keyword: Keyword, rest: String)? {
    guard let found = prefixes.longestPrefix(of: reply.words) else { return nil }
    let rest = Self.rest(of: reply.text, after: found.range.count)
    guard reply.words.count <= 3 || fitsFirstQuestion(found.value, rest) else { return nil }
    return (found.value, rest)
  }

  /// The one keyword that the message is a slip of.
  func near(_ reply: FoldedReply) -> Keyword? {
    let core = vocabulary.withoutCourtesies(reply.words)
    guard !core.isEmpty, core.count <= 4 else { return nil }
    let joined = core.joined()
    var best: (edits: Int, keyword: Keyword?)?
    for entry in entries where entry.words.count == core.count || entry.joined == joined {
      // FIREDOOR lacks no more than the space.
      let edits =
        entry.joined == joined
        ? 0 : NearMiss.distance(from: core, to: entry.words, fixed: vocabulary.fixed)
      guard let edits else { continue }
      guard let closest = best, edits >= closest.edits else {
        best = (edits, entry.keyword)
        continue
      }
      if edits == closest.edits, !Self.leadTogether(closest.keyword, entry.keyword) {
        best?.keyword = nil
      }
    }
    return best?.keyword
  }

  /// Whether it is all the same which of two keywords was meant, as with ALARM and ALARMS.
  private static func leadTogether(_ first: Keyword?, _ second: Keyword) -> Bool {
    first?.conversation == second.conversation && first?.step == second.step
  }

  /// What follows so many words, without the signs and spaces between.
  private static func rest(of text: String, after count: Int) -> String {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    var words = 0
    while words < count, index < scalars.endIndex {
      let start = index
      let isWord = isPartOfWord(scalars[start])
      index = scalars[start...].firstIndex { isPartOfWord($0) != isWord } ?? scalars.endIndex
      if isWord { words += FoldedReply(String(scalars[start..<index])).words.count }
    }
    let isSeparator = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || ".,:;-–—!".unicodeScalars.contains(scalar)
    }
    let start = scalars[index...].firstIndex { !isSeparator($0) } ?? scalars.endIndex
    return String(text[start...])
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return scalar == "'" || scalar == "`" || scalar.properties.isAlphabetic
        || ("0"..."9").contains(scalar)
    }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .dashPunctuation, .openPunctuation, .closePunctuation, .otherPunctuation,
      .mathSymbol, .currencySymbol, .lineSeparator, .paragraphSeparator, .control:
      return false
    default: return true
    }
  }
}
