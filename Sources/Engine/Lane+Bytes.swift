import Messaging

extension Lane {
  /// The version of the layout, the first byte.
  private static let version: UInt8 = 2
  /// The layout before polls, `wait` and `run`, which is still read.
  private static let oldVersion: UInt8 = 1

  /// The lane as bytes, for the gateway to store.
  public func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Int(Self.version))
    writer.write(flags: [
      open != nil, lastSent != nil, mustAskAgain, pending != nil, handedOverTo != nil,
      voted != nil,
    ])
    if let open { open.write(to: &writer) }
    writer.write(aside) { $1.write(to: &$0) }
    writer.write(chosenLanguage)
    writer.write(writtenLanguage)
    if let lastSent { writer.write(Int(lastSent.milliseconds)) }
    if let pending { pending.write(to: &writer) }
    writer.write(more)
    if let handedOverTo { writer.write(handedOverTo) }
    writer.write(questionCount)
    writer.write(asleep) { $1.write(to: &$0) }
    if let voted { voted.write(to: &writer) }
    return writer.bytes
  }

  /// Reads what `encoded` wrote; nil for anything else, however hostile.
  public init?(decoding bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    self.init()
    guard let version = reader.byte(), version == Self.version || version == Self.oldVersion,
      let flags = reader.flags(version == Self.version ? 6 : 5)
    else { return nil }
    let isOld = version == Self.oldVersion
    if flags[0] {
      guard let session = Session(from: &reader, isOld: isOld) else { return nil }
      open = session
    }
    guard
      let aside = reader.list(upTo: Self.asideLimit, { Session(from: &$0, isOld: isOld) }),
      let chosen = reader.optionalText(), let written = reader.optionalText()
    else { return nil }
    self.aside = aside
    chosenLanguage = chosen
    writtenLanguage = written
    if flags[1] {
      guard let time = reader.time() else { return nil }
      lastSent = time
    }
    mustAskAgain = flags[2]
    if flags[3] {
      guard let pending = PendingQuestion(from: &reader) else { return nil }
      self.pending = pending
    }
    guard let more = reader.text() else { return nil }
    self.more = more
    if flags[4] {
      guard let team = reader.text() else { return nil }
      handedOverTo = team
    }
    guard let count = reader.number(in: 0...0x7FFF_FFFF) else { return nil }
    questionCount = count
    guard isOld || readSleepersAndVote(from: &reader, hasVoted: flags[flags.count - 1]),
      reader.isAtEnd
    else { return nil }
  }

  private mutating func readSleepersAndVote(
    from reader: inout ByteReader, hasVoted: Bool
  ) -> Bool {
    guard let asleep = reader.list(upTo: Self.asleepLimit, { Session(from: &$0, isOld: false) })
    else { return false }
    self.asleep = asleep
    if hasVoted { voted = VotedQuestion(from: &reader) }
    return hasVoted == (voted != nil)
  }
}

extension PendingQuestion {
  fileprivate func write(to writer: inout ByteWriter) {
    switch self {
    case .keywordOrAnswer(let keyword, let words):
      writer.write(0)
      keyword.write(to: &writer)
      writer.write(words)
    case .nearKeyword(let keyword):
      writer.write(1)
      keyword.write(to: &writer)
    case .language: writer.write(2)
    case .nearStop: writer.write(3)
    }
  }

  fileprivate init?(from reader: inout ByteReader) {
    switch reader.number() {
    case 0:
      guard let keyword = Keyword(from: &reader), let words = reader.text() else { return nil }
      self = .keywordOrAnswer(keyword, words: words)
    case 1:
      guard let keyword = Keyword(from: &reader) else { return nil }
      self = .nearKeyword(keyword)
    case 2: self = .language
    case 3: self = .nearStop
    default: return nil
    }
  }
}

extension Keyword {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.write(words)
    writer.write(conversation)
    writer.write(step)
  }

  fileprivate init?(from reader: inout ByteReader) {
    guard let words = reader.text(), let conversation = reader.text(),
      let step = reader.optionalText()
    else { return nil }
    self.init(words: words, conversation: conversation, step: step)
  }
}
