import Messaging

/// Whether what a conversation says is plain, short, kind and cheap to send.
///
/// What a regulator fixed is left alone, and so are reading age, sentences and words of other
/// languages than English, which are not scored.
struct PlainWords {
  /// The largest number of words of a sentence.
  static let sentenceLimit = 15
  /// The highest reading age, in years.
  static let ageLimit = 11.0
  /// Shorter texts are not scored, since one long word would decide it.
  static let scoredWords = 20

  private let jargon: Phrases
  private let waffle = Phrases(Phrases.waffle)

  /// Takes the landlord's own words to avoid beside those that every list has.
  init(jargon: [(words: String, better: String)]) {
    self.jargon = Phrases(jargon + Phrases.jargon)
  }

  /// What is unwise in the wording of one conversation.
  func findings(in program: Program) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for language in program.languages.indices {
      let samples = SampleValues(program, language: language).asSingleWords
      for wording in program.wordings {
        for variant in wording.variants
        where variant.language == language && !LockedTexts.contains(variant.template) {
          findings += self.findings(in: variant, samples, program)
        }
      }
    }
    return findings.reduce(into: []) { unique, finding in
      // A list of choices is said by every question that names it.
      if !unique.contains(finding) { unique.append(finding) }
    }
  }

  private func findings(
    in variant: Wording.Variant, _ samples: SampleValues, _ program: Program
  ) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    func report(_ code: String, _ problem: String, _ fix: String) {
      findings.append(
        Diagnostic(
          code: code, file: program.file, line: variant.line, problem: problem, fix: fix))
    }
    let isEnglish = program.languages[variant.language] == "en"
    let plain = variant.template.plain
    if variant.channel == nil || variant.channel == "sms",
      let scalar = Self.costly(in: plain, isEnglish: isEnglish)
    {
      let code = "0000" + String(scalar.value, radix: 16, uppercase: true)
      report(
        "W702",
        "the character “\(scalar)” (U+\(code.suffix(max(4, code.count - 4)))) cuts a text into parts of 70 characters",
        "leave it out, or write it with plain letters")
    }
    if let link = Self.link(in: plain) {
      report(
        "W708", "“\(link)” is a link, which residents are told not to trust in a text",
        "tell people what to text or whom to call instead")
    }
    guard isEnglish else { return findings }
    if let (words, better) = jargon.first(in: plain) {
      report("W706", "“\(words)” is a word of the trade", Self.fix(better))
    }
    if let (words, better) = waffle.first(in: plain) {
      report("W707", "“\(words)” says nothing to people, or scolds them", Self.fix(better))
    }
    let said = samples.cases(variant.template).map(Readability.init)
    if let long = said.map(\.longestSentence).max(by: { $0.count < $1.count }),
      long.count > Self.sentenceLimit
    {
      report(
        "W705", "a sentence has \(long.count) words: “\(long.prefix(4).joined(separator: " ")) …”",
        "make two sentences of it; \(Self.sentenceLimit) words are enough for one")
    }
    if let age = said.filter({ $0.wordCount >= Self.scoredWords }).map(\.age).max(),
      age.rounded() > Self.ageLimit
    {
      report(
        "W704", "this takes a reading age of \(Int(age.rounded()))",
        "use shorter words and sentences, so that people of \(Int(Self.ageLimit)) can read it")
    }
    return findings
  }

  private static func fix(_ better: String) -> String {
    better.isEmpty ? "leave it out, or say what will be done" : "say “\(better)”"
  }

  /// The first character that alone makes a text cost more.
  ///
  /// A letter in a translation is how the word is spelt, and is shown in the cost alone.
  private static func costly(in text: String, isEnglish: Bool) -> Unicode.Scalar? {
    let scalars = Segments.costly(in: text)
    if isEnglish { return scalars.first }
    guard text.unicodeScalars.allSatisfy({ isLatinOrSign($0) }) else { return nil }
    return scalars.first { !$0.properties.isAlphabetic }
  }

  private static func isLatinOrSign(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isAlphabetic || scalar.value < 0x250 || (0x1E00...0x1EFF) ~= scalar.value
  }

  /// The first word that is an address of the web.
  private static func link(in text: String) -> String? {
    for word in text.split(whereSeparator: { " \n".contains($0) }) {
      let lowered = word.lowercased()
      if lowered.contains("://") || lowered.hasPrefix("www.") { return String(word) }
      guard !lowered.contains("@") else { continue }
      let host = lowered.prefix { $0 != "/" && $0 != "?" && $0 != "," && $0 != ")" }
      let labels = host.split(separator: ".")
      if labels.count > 1, let last = labels.last, topLevels.contains(String(last)) {
        return String(word)
      }
    }
    return nil
  }

  private static let topLevels: Set<String> = [
    "com", "org", "net", "uk", "info", "gov", "co", "io", "ly", "eu", "wales", "cymru", "scot",
    "london", "housing", "homes", "app", "link",
  ]
}

extension Diagnostic {
  /// A message that can be over two SMS parts.
  static func longMessage(_ text: String, file: String, line: Int) -> Diagnostic {
    let costly = Segments.costly(in: text).first
    return Diagnostic(
      code: "W701", file: file, line: line,
      problem: costly.map {
        "this is over two text messages, also because of the character “\($0)”"
      } ?? "this is over two text messages",
      fix: "say it in fewer words, or split it with “new message”")
  }
}
