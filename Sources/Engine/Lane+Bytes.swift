import Messaging

extension Lane {
  /// The version of the layout, the first byte.
  private static let version: UInt8 = 1

  /// The lane as bytes, for the gateway to store.
  public func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Int(Self.version))
    writer.write(flags: [
      open != nil, lastSent != nil, mustAskAgain, pending != nil, handedOverTo != nil,
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
    return writer.bytes
  }

  /// Reads what `encoded` wrote; nil for anything else, however hostile.
  public init?(decoding bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    self.init()
    guard reader.byte() == Self.version, let flags = reader.flags(5) else { return nil }
    if flags[0] {
      guard let session = Session(from: &reader) else { return nil }
      open = session
    }
    guard let aside = reader.list(upTo: Self.asideLimit, { Session(from: &$0) }),
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
    guard let count = reader.number(in: 0...0x7FFF_FFFF), reader.isAtEnd else { return nil }
    questionCount = count
  }
}

extension Session {
  /// Writes the session.
  func write(to writer: inout ByteWriter) {
    writer.write(conversation)
    writer.write(hash)
    writer.write(step)
    writer.write(stepName)
    writer.write(statement)
    writer.write(values) {
      $0.write($1.name)
      $0.write($1.text)
    }
    writer.write(retries)
    writer.write(question)
    writer.write(Int(askedAt.milliseconds))
    writer.write(flags: [isReminded, isSilent, hasSpoken])
    writer.write(history) {
      $0.write($1.step)
      $0.write($1.statement)
    }
  }

  /// Reads a session; nil when the bytes are not one.
  init?(from reader: inout ByteReader) {
    let places = 0...100_000
    guard let conversation = reader.text(), let hash = reader.text(),
      let step = reader.number(in: places), let stepName = reader.text(),
      let statement = reader.number(in: places),
      let values = reader.list(upTo: 5000, { Value(from: &$0) }),
      let retries = reader.number(in: 0...1000),
      let question = reader.number(in: 0...0x7FFF_FFFF), let askedAt = reader.time(),
      let flags = reader.flags(3),
      let history = reader.list(upTo: Self.historyLimit, { Place(from: &$0) })
    else { return nil }
    self.conversation = conversation
    self.hash = hash
    self.step = step
    self.stepName = stepName
    self.statement = statement
    self.values = values
    self.retries = retries
    self.question = question
    self.askedAt = askedAt
    (isReminded, isSilent, hasSpoken) = (flags[0], flags[1], flags[2])
    self.history = history
  }
}

extension Session.Value {
  fileprivate init?(from reader: inout ByteReader) {
    guard let name = reader.text(), let text = reader.text() else { return nil }
    self.init(name: name, text: text)
  }
}

extension Session.Place {
  fileprivate init?(from reader: inout ByteReader) {
    guard let step = reader.number(in: 0...100_000),
      let statement = reader.number(in: 0...100_000)
    else { return nil }
    self.init(step: step, statement: statement)
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
