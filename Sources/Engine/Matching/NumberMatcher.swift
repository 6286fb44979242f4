import Messaging

/// Matches a reply to a number within a range.
struct NumberMatcher: Sendable {
  /// A longer reply tells a story, and a number in it may count anything.
  private static let limitInWords = 6

  let range: ClosedRange<Double>
  let decimals: Bool
  let vocabulary: Vocabulary

  /// The number that the reply means, or nil when it is not understood: none, several, out of the
  /// range, with decimals that the range does not have, or denied.
  func number(in reply: FoldedReply, sureOnly: Bool) -> Double? {
    if reply.words.isEmpty { return symbol(reply.symbols) }
    let tokens = tokens(of: reply)
    let core = vocabulary.withoutCourtesies(tokens)
    // "5+" and ">5" are other numbers too.
    guard !reply.text.unicodeScalars.prefix(Folding.limit).contains(where: Self.isComparison) else {
      return nil
    }
    if let number = wholeNumber(core) { return fitting(number) }
    guard !sureOnly, core.count <= Self.limitInWords, !reply.text.isQuestion,
      !core.contains(where: vocabulary.negations.contains),
      vocabulary.vague.occurrences(in: core).isEmpty
    else { return nil }
    return only(in: core).flatMap(fitting)
  }

  /// The number among the words, when there is just one.
  private func only(in words: [String]) -> Double? {
    var found: Double?
    var index = 0
    while index < words.count {
      let phrase = vocabulary.numberPhrases.longest(in: words, at: index)
      guard phrase != nil || Self.holdsDigit(words[index]) else {
        index += 1
        continue
      }
      guard found == nil, let number = phrase.map({ Double($0.value) }) ?? value(of: words[index])
      else { return nil }
      found = number
      index = phrase?.range.upperBound ?? index + 1
    }
    return found
  }

  /// A number that is the whole reply, "number" or the like before it apart.
  private func wholeNumber(_ words: [String]) -> Double? {
    if let number = value(of: words.joined(separator: " ")) { return number }
    for prefix in vocabulary.prefixes where words.starts(with: prefix) {
      if let number = value(of: words.dropFirst(prefix.count).joined(separator: " ")) {
        return number
      }
    }
    return nil
  }

  private func symbol(_ symbols: [String]) -> Double? {
    guard symbols.count == 1, let number = vocabulary.numberSymbols[symbols[0]] else { return nil }
    return fitting(Double(number))
  }

  private func fitting(_ number: Double) -> Double? {
    guard range.contains(number), decimals || number == number.rounded() else { return nil }
    return number == 0 ? 0 : number
  }

  private func value(of word: String) -> Double? {
    if let number = vocabulary.numbers[word] { return Double(number) }
    guard word.utf8.count <= 15, Self.isNumber(word) else { return nil }
    return Double(word)
  }

  /// The folded words, but a number with its sign and decimal point, which folding takes out.
  private func tokens(of reply: FoldedReply) -> [String] {
    guard reply.words.contains(where: Self.holdsDigit) else { return reply.words }
    let looked = reply.text.unicodeScalars.prefix(Folding.limit)
    return looked.split { $0.properties.isWhitespace }.flatMap { part in
      Self.number(writtenAs: part).map { [$0] } ?? FoldedReply(String(part)).words
    }
  }

  /// The number, such as `2.5` for `(2.5)!` and `1200` for `1,200`; nil for anything else.
  private static func number(writtenAs part: Substring.UnicodeScalarView) -> String? {
    let isOutside = { (scalar: Unicode.Scalar) in
      scalar.isASCII && !isDigit(scalar) && !scalar.properties.isAlphabetic
    }
    guard let first = part.firstIndex(where: { !isOutside($0) }),
      let last = part.lastIndex(where: { !isOutside($0) })
    else { return nil }
    let isMinus = first > part.startIndex && part[part.index(before: first)] == "-"
    let digits = withoutThousands(part[first...last])
    guard isNumber(digits) else { return nil }
    return isMinus ? "-" + digits : digits
  }

  /// Without the commas that stand before three digits each.
  private static func withoutThousands(_ written: Substring.UnicodeScalarView) -> String {
    let groups = written.split(separator: ",", omittingEmptySubsequences: false)
    let areThousands = groups.dropFirst().allSatisfy { group in
      group.prefix { $0 != "." }.count == 3
    }
    guard areThousands, (1...3).contains(groups.first?.count ?? 0) else { return String(written) }
    return groups.map { String($0) }.joined()
  }

  /// Digits, with at most one point among them and perhaps a minus before.
  private static func isNumber(_ text: String) -> Bool {
    let parts = text.utf8.drop { $0 == UInt8(ascii: "-") }
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
  }

  private static func isComparison(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "+", "<", ">", "~", "\u{FF0B}", "\u{FF1C}", "\u{FF1E}", "\u{FF5E}", "\u{2264}",
      "\u{2265}":
      true
    default: false
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func holdsDigit(_ word: String) -> Bool {
    word.utf8.contains { (0x30...0x39).contains($0) }
  }
}
