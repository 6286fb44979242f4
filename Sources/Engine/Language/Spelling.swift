/// The nearest of a list of known words to a misspelt one.
enum Spelling {
  /// The candidate within a third of the word's length in slips, the nearest first; nil for none.
  static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().utf8.prefix(64))
    let limit = max(1, wanted.count / 3)
    var best: (distance: Int, word: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().utf8.prefix(64))
      guard abs(other.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, other)
      guard distance <= limit else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
    }
    return best?.word
  }

  /// A sentence that offers the nearest candidate, or lists them when there are few, or says `else`.
  static func offer(
    _ word: String, among candidates: [String], else other: String
  ) -> String {
    if let near = nearest(to: word, among: candidates) { return "did you mean “\(near)”?" }
    guard !candidates.isEmpty, candidates.count <= 12 else { return other }
    return other + " (there is: " + candidates.joined(separator: ", ") + ")"
  }

  /// How many letters must be inserted, left out, replaced or swapped with a neighbour.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for i in 0..<left.count {
      var next = [i + 1]
      for j in 0..<right.count {
        var cost = min(row[j + 1], next[j]) + 1
        cost = min(cost, row[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, before[j - 1] + 1)
        }
        next.append(cost)
      }
      before = row
      row = next
    }
    return row[right.count]
  }
}
