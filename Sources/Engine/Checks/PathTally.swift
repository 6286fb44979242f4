import Messaging

/// What a path through a conversation has said so far: messages that were sent, and one that is
/// being put together.
struct PathTally {
  /// The messages that were sent.
  private(set) var messages = 0
  /// Their SMS parts.
  private(set) var parts = 0
  private var text = ""
  private var size = PathPiece.Size()
  private var longest: PathPiece?

  /// Whether nothing was said since the last message.
  var isSilent: Bool { text.isEmpty }

  /// Adds words to the message.
  mutating func say(_ piece: PathPiece) {
    if piece.text.isEmpty { return }
    if !text.isEmpty { text += " " }
    text += piece.text
    size.add(piece.size)
    if piece.size.units > longest?.size.units ?? -1 { longest = piece }
  }

  /// Adds what another conversation says.
  mutating func add(messages: Int, parts: Int) {
    self.messages += messages
    self.parts += parts
  }

  /// Sends the message, if there is one; its line and words when it is over two parts.
  ///
  /// The landlord's name stands in front: of a first message, of a reminder, and of any message
  /// after an hour of silence.
  mutating func send() -> (line: Int, text: String)? {
    guard !text.isEmpty else { return nil }
    let whole = SampleValues.landlord + ": " + text
    let count = Segments(of: whole).parts
    let line = longest?.line ?? 0
    messages += 1
    parts += count
    (text, size, longest) = ("", PathPiece.Size(), nil)
    return count > 2 && line > 0 ? (line, whole) : nil
  }

  /// Keeps a path among others that came to the same state, if it may still become the longest.
  static func add(_ tally: PathTally, to others: inout [PathTally]) {
    if others.contains(where: { $0.covers(tally) }) { return }
    others.removeAll { tally.covers($0) }
    others.append(tally)
  }

  /// Whether the other can never become longer than this one.
  private func covers(_ other: PathTally) -> Bool {
    (parts, messages) >= (other.parts, other.messages) && size.units >= other.size.units
      && (size.isWide || !other.size.isWide)
  }
}

/// Some words of a message, with the line that they stand on and what they take.
struct PathPiece {
  let text: String
  let line: Int
  let size: Size

  /// What words take on SMS.
  struct Size {
    /// Their septets, or UTF-16 units where they force those.
    var units = 0
    /// Whether a character forces 70-character parts.
    var isWide = false

    /// Adds words behind these, with a space between.
    mutating func add(_ other: Size) {
      units += other.units + 1
      isWide = isWide || other.isWide
    }
  }

  /// Measures words.
  init(_ text: String, line: Int) {
    let segments = Segments(of: text)
    self.text = text
    self.line = line
    size = Size(units: segments.units, isWide: segments.encoding == .ucs2)
  }
}

/// What a conversation says in one language, at its longest, piece by piece.
struct PathSpeaker {
  private let samples: SampleValues
  private let language: Int
  private let code: String
  private let texts: EngineTexts
  private var pieces: [Int: [PathPiece]] = [:]

  /// Makes a speaker.
  init(_ program: Program, language: Int, texts: EngineTexts) {
    samples = SampleValues(program, language: language)
    self.language = language
    code = program.languages[language]
    self.texts = texts
  }

  /// The words of some wording, and of the choices that are numbered behind it.
  mutating func pieces(of wording: Wording, _ choices: [Ask.Choice] = []) -> [PathPiece] {
    let key = wording.line * 2 + (choices.isEmpty ? 0 : 1)
    if let known = pieces[key] { return known }
    let variant = wording.variant(language: language, channel: "sms")
    var text = variant.map { samples.longest($0.template) } ?? ""
    for (number, choice) in choices.enumerated() {
      let label = choice.label.template(language: language, channel: "sms")
      text += " \(number + 1) " + (label.map(samples.longest) ?? "")
    }
    let made = [PathPiece(text, line: variant?.line ?? wording.line)]
    pieces[key] = made
    return made
  }

  /// The words of something that the gateway itself says.
  func piece(of text: EngineText) -> PathPiece {
    let words = texts.text(text, language: code)
      .replacing("{phone}", with: SampleValues.phone)
      .replacing("{landlord}", with: SampleValues.landlord)
    return PathPiece(words, line: 0)
  }
}
