/// How hard English words are to read.
///
/// The grade of Flesch and Kincaid, 0.39 × words ÷ sentences + 11.8 × syllables ÷ words − 15.59,
/// plus five years for the age at which people read such a text with ease.
/// Source: Kincaid and others, Derivation of new readability formulas, 1975.
struct Readability {
  /// The sentences, as lists of their words.
  let sentences: [[String]]

  /// Words that residents know from living in a block, or that their texts explain; none counts for
  /// more than two syllables.
  static let glossary: Set<String> = [
    "accountable", "principal", "regulator", "ombudsman", "certificate", "assessment", "cladding",
    "building", "buildings", "residents", "resident", "landlord", "interpreter", "facilitator",
    "confidential", "anonymous", "satisfaction", "complaint", "complaints", "charity", "voucher",
  ]

  /// Takes words apart, with values and the landlord's name in them as they are said.
  init(_ text: String) {
    var sentences: [[String]] = []
    var sentence: [String] = []
    for line in text.split(whereSeparator: \.isNewline) {
      for word in line.split(separator: " ") {
        if word.contains(where: { $0.isLetter || $0.isNumber }) { sentence.append(String(word)) }
        let end = word.last { $0 != "\"" && $0 != ")" && $0 != "'" }
        guard let end, ".?!".contains(end) else { continue }
        if !sentence.isEmpty { sentences.append(sentence) }
        sentence = []
      }
      if !sentence.isEmpty { sentences.append(sentence) }
      sentence = []
    }
    self.sentences = sentences
  }

  /// How many words there are.
  var wordCount: Int { sentences.reduce(0) { $0 + $1.count } }

  /// The reading age in years; 0 for no words.
  var age: Double {
    guard wordCount > 0 else { return 0 }
    let words = Double(wordCount)
    let syllables = Double(sentences.joined().reduce(0) { $0 + Self.syllables(in: $1) })
    return 0.39 * words / Double(sentences.count) + 11.8 * syllables / words - 15.59 + 5
  }

  /// The longest sentence.
  var longestSentence: [String] { sentences.max { $0.count < $1.count } ?? [] }

  /// About how many syllables a word has: its groups of vowels, without a silent e.
  ///
  /// A number counts as one, as does anything without a vowel.
  static func syllables(in word: String) -> Int {
    let letters = word.lowercased().filter { $0.isLetter && $0.isASCII }
    guard !letters.isEmpty else { return 1 }
    var count = 0
    var afterVowel = false
    for letter in letters {
      let isVowel = "aeiouy".contains(letter)
      if isVowel, !afterVowel { count += 1 }
      afterVowel = isVowel
    }
    let isSilent =
      (letters.hasSuffix("e") && !letters.hasSuffix("le"))
      || (letters.hasSuffix("es")
        && !["ses", "zes", "ces", "xes", "ches", "shes", "ges"].contains(
          where: letters.hasSuffix))
      || (letters.hasSuffix("ed") && !letters.hasSuffix("ted") && !letters.hasSuffix("ded"))
    if isSilent, count > 1 { count -= 1 }
    return glossary.contains(letters) ? min(count, 2) : max(count, 1)
  }
}
