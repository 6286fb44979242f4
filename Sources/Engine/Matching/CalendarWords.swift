/// The words for days and times in every language, from `common-words.txt`.
struct CalendarWords: Sendable {
  /// What a word says of a day or time.
  enum Meaning: Equatable, Sendable {
    /// A month, 1 to 12.
    case month(Int)
    /// A day of the week, 1 for Monday to 7.
    case weekday(Int)
    /// So many days after today; negative for before.
    case day(Int)
    /// An hour, 1 to 12, in a form that no other number has.
    case hour(Int)
    /// A number to 59.
    case count(Int)
    /// Any other word.
    case role(Role)
  }

  /// What the other words do; the raw value stands behind `when` in the file.
  enum Role: String, CaseIterable, Sendable {
    /// Of next week.
    case next
    /// The one before.
    case last
    /// The coming one.
    case this
    /// Into the past: `3 days ago`.
    case ago
    /// Into the future: `in 3 days`, `3 days from now`.
    case ahead
    /// The unit of days.
    case days
    /// The unit of weeks.
    case weeks
    /// Says nothing: `on`, `the`, `at`.
    case filler
    /// Near a time, which is taken as that time.
    case about
    /// Twelve in the day.
    case noon
    /// Twelve at night.
    case midnight
    /// Before noon.
    case morning
    /// After noon, the evening too.
    case afternoon
    /// `half` past.
    case half
    /// `quarter` past or to.
    case quarter
    /// `past` an hour.
    case past
    /// `to` an hour.
    case to
    /// Behind a full hour.
    case oclock
  }

  /// A piece of a reply.
  enum Token: Equatable, Sendable {
    /// A word of the list.
    case word(Meaning)
    /// A number in digits, with how many there are.
    case digits(Int, length: Int)
    /// A number in digits with an ending, such as `12th`.
    case ordinal(Int)
  }

  /// A reply with more words tells a story.
  private static let limitInWords = 14

  /// What stands behind the digits of an ordinal number in English and Welsh.
  private static let endings: Set<String> = [
    "st", "nd", "rd", "th", "af", "il", "ydd", "ed", "fed", "eg", "ain",
  ]

  private var phrases = PhraseIndex<Meaning>()

  /// Adds a phrase; false when it already means something else.
  mutating func add(_ words: [String], _ meaning: Meaning) -> Bool {
    if let other = phrases.value(of: words) { return other == meaning }
    phrases.insert(words, meaning)
    return true
  }

  /// Whether the phrase has a meaning.
  func hasMeaning(_ words: [String]) -> Bool { phrases.value(of: words) != nil }

  /// The pieces of a reply without those that say nothing; nil when a word is not of days and times.
  func tokens(of reply: FoldedReply) -> [Token]? {
    guard reply.words.count <= Self.limitInWords, !reply.words.isEmpty else { return nil }
    var words: [String] = []
    for word in reply.words { words += parts(of: word) }
    var tokens: [Token] = []
    var index = 0
    while index < words.count {
      if let found = phrases.longest(in: words, at: index) {
        if found.value != .role(.filler) { tokens.append(.word(found.value)) }
        index = found.range.upperBound
      } else if let number = Self.number(words[index]) {
        let length = words[index].utf8.count
        let isOrdinal = index + 1 < words.count && words[index + 1] == Self.ordinalMark
        tokens.append(isOrdinal ? .ordinal(number) : .digits(number, length: length))
        index += isOrdinal ? 2 : 1
      } else {
        return nil
      }
    }
    return tokens
  }

  /// Stands for the ending of an ordinal number; no folded word can be it.
  private static let ordinalMark = "."

  /// A word, or the digits it begins with and the letters after them.
  private func parts(of word: String) -> [String] {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.endIndex < word.endIndex, !phrases.hasPhrase(startingWith: word)
    else { return [word] }
    let letters = String(word[digits.endIndex...])
    return [String(digits), Self.endings.contains(letters) ? Self.ordinalMark : letters]
  }

  private static func number(_ word: String) -> Int? {
    guard word.utf8.count <= 4, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(word)
  }
}

/// Why a reply is no day or time that can be relied on.
struct UnclearReply: Error, Equatable {
  let reason: ReplyMatch.Unclear
}

extension [CalendarWords.Token] {
  /// The token at that place; nil beyond the end.
  func at(_ index: Int) -> CalendarWords.Token? { index < count ? self[index] : nil }
}
