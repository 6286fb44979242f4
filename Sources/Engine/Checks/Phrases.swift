import Messaging

/// Words that residents find hard, or that talk down to them, with what to say instead.
struct Phrases {
  /// The file beside the conversations that holds a landlord's own words to avoid.
  static let fileName = "jargon.txt"

  /// The phrases by their first words, folded.
  private var entries: [String: [Entry]] = [:]

  private struct Entry {
    let folded: [String]
    let words: String
    let better: String
  }

  /// Takes words and what to say instead; an empty text where they are better left out.
  init(_ list: [(words: String, better: String)]) {
    for (words, better) in list {
      let folded = Folding.words(words)
      guard let first = folded.first else { continue }
      entries[first, default: []].append(Entry(folded: folded, words: words, better: better))
    }
  }

  /// The first of them that `text` holds, as whole words in any case, and what to say instead.
  func first(in text: String) -> (words: String, better: String)? {
    let words = Folding.words(text)
    for (index, word) in words.enumerated() {
      for entry in entries[word] ?? [] where words[index...].starts(with: entry.folded) {
        return (entry.words, entry.better)
      }
    }
    return nil
  }

  /// The words of the trade that every landlord's list has.
  static let jargon: [(words: String, better: String)] = [
    ("HRB", "tall block"), ("PAP", "who is in charge of the block"), ("MOR", "report"),
    ("RP", "who is in charge of fire safety"), ("FRA", "fire risk check"),
    ("TSM", "tenant survey"), ("compartmentation", "walls and doors that hold back fire"),
    ("remediate", "put right"), ("remediation", "work to put it right"),
    ("decant", "move out for a while"), ("decanted", "moved out for a while"),
    ("void", "empty home"), ("voids", "empty homes"), ("arrears", "rent you owe"),
    ("service user", "resident"), ("service users", "residents"), ("customer", "resident"),
    ("customers", "residents"), ("stakeholder", "people"), ("stakeholders", "people"),
    ("operative", "worker"), ("operatives", "workers"), ("invalid", "not one we know"),
  ]

  /// Words that say nothing, and words that scold.
  static let waffle: [(words: String, better: String)] = [
    ("going forward", "from now on"), ("please ensure", "please"), ("failure to", "if you do not"),
    ("kindly", "please"), ("you must", "please"), ("explore", ""), ("look into", ""),
    ("looking into", ""), ("in due course", ""), ("at your earliest convenience", "soon"),
    ("as previously stated", ""), ("please be advised", ""), ("we regret to inform", "sorry"),
    ("it is your responsibility", ""), ("you have failed", ""), ("click", ""),
  ]

  /// Reads a landlord's own list: a line for each, `words: what to say instead`.
  ///
  /// What comes after the colon may be left out. Lines that begin with `note:` are comments.
  static func list(in text: String) -> [(words: String, better: String)] {
    guard text.utf8.count <= SourceLines.sizeLimit else { return [] }
    return SourceLines.tree(of: text).flatMap(\.flattened).prefix(1000).compactMap { line in
      let (words, better) = line.text.cut(at: ":") ?? (line.text, "")
      return Folding.words(words).isEmpty ? nil : (words, better)
    }
  }
}
