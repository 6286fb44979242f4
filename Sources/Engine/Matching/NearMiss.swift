/// Whether words are a slip of the finger away from other words.
///
/// Word by word, as many edits (a letter more, less, wrong, or two swapped) as a fifth of the
/// word's letters, rounded up. Words under four letters must be right, and so must the first
/// letter: a slip there is rare, and "unsafe" is no slip for "safe".
enum NearMiss {
  /// Longer words are no slip of any phrase; it bounds the work.
  private static let limitInLetters = 40

  /// The edits between the words of a reply and of a phrase; nil when it is more than a slip.
  ///
  /// `fixed` holds words that a slip must neither make nor unmake, such as negations.
  static func distance(from reply: [String], to phrase: [String], fixed: Set<String>) -> Int? {
    guard reply.count == phrase.count else { return nil }
    var total = 0
    for (typed, meant) in zip(reply, phrase) where typed != meant {
      guard !fixed.contains(typed), !fixed.contains(meant), let edits = edits(typed, meant) else {
        return nil
      }
      total += edits
    }
    return total
  }

  private static func edits(_ typed: String, _ meant: String) -> Int? {
    guard typed.utf8.count <= 4 * limitInLetters, mayBeginAlike(typed, meant) else { return nil }
    let typed = Array(typed.unicodeScalars)
    let meant = Array(meant.unicodeScalars)
    guard typed.count >= 4, meant.count >= 4, meant.count <= limitInLetters else { return nil }
    let most = (meant.count + 4) / 5
    guard abs(typed.count - meant.count) <= most else { return nil }
    let isSwapped = typed[0] == meant[1] && typed[1] == meant[0]
    guard typed[0] == meant[0] || isSwapped else { return nil }
    guard !typed.contains(where: isDigit), !meant.contains(where: isDigit) else { return nil }
    let edits = distance(typed, meant)
    return edits <= most ? edits : nil
  }

  /// A quick look at the bytes, which settles it for most words.
  ///
  /// It asks whether they are long enough and begin alike but for a swap; true whenever letters
  /// beyond ASCII are among the first two.
  private static func mayBeginAlike(_ typed: String, _ meant: String) -> Bool {
    guard typed.utf8.count >= 4, meant.utf8.count >= 4 else { return false }
    let (typedFirst, typedSecond) = firstTwo(typed)
    let (meantFirst, meantSecond) = firstTwo(meant)
    guard typedFirst | typedSecond | meantFirst | meantSecond < 0x80 else { return true }
    return typedFirst == meantFirst || typedFirst == meantSecond && typedSecond == meantFirst
  }

  private static func firstTwo(_ word: String) -> (UInt8, UInt8) {
    var bytes = word.utf8.makeIterator()
    return (bytes.next() ?? 0, bytes.next() ?? 0)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }

  /// Damerau and Levenshtein's distance, in which no letters are swapped twice.
  private static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var above = Array(0...second.count)
    for row in first.indices {
      var current = [row + 1]
      for column in second.indices {
        let change = first[row] == second[column] ? 0 : 1
        var best = min(above[column + 1] + 1, current[column] + 1, above[column] + change)
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      before = above
      above = current
    }
    return above[second.count]
  }
}
