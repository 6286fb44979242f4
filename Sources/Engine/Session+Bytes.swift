import Messaging

extension Session {
  /// Writes the session.
  func write(to writer: inout ByteWriter) {
    writer.write(conversation)
    writer.write(hash)
    writer.write(step)
    writer.write(stepName)
    writer.write(statement)
    writer.write(values) { $1.write(to: &$0) }
    writer.write(retries)
    writer.write(question)
    writer.write(Int(askedAt.milliseconds))
    writer.write(flags: [isReminded, isSilent, hasSpoken, wakesAt != nil])
    writer.write(history) { $1.write(to: &$0) }
    if let wakesAt { writer.write(Int(wakesAt.milliseconds)) }
    writer.write(poll)
    writer.write(pollQuestion)
    writer.write(hidden)
    writer.write(callers) { $1.write(to: &$0) }
  }

  /// Reads a session; nil when the bytes are not one.
  ///
  /// `isOld` says that they have the layout of version 1.
  init?(from reader: inout ByteReader, isOld: Bool) {
    guard let conversation = reader.text(), let hash = reader.text(),
      let step = reader.place(), let stepName = reader.text(), let statement = reader.place(),
      let values = reader.list(upTo: Self.valueLimit, { Value(from: &$0) }),
      let retries = reader.number(in: 0...1000),
      let question = reader.number(in: 0...0x7FFF_FFFF), let askedAt = reader.time(),
      let flags = reader.flags(isOld ? 3 : 4),
      let history = reader.list(upTo: Self.historyLimit, { Place(from: &$0, isOld: isOld) })
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
    guard !isOld else { return }
    if flags[3] {
      guard let time = reader.time() else { return nil }
      wakesAt = time
    }
    guard let poll = reader.text(), let pollQuestion = reader.place(),
      let hidden = reader.number(in: 0...0xFFFF),
      let callers = reader.list(upTo: Self.depthLimit, { Frame(from: &$0) })
    else { return nil }
    self.poll = poll
    self.pollQuestion = pollQuestion
    self.hidden = hidden
    self.callers = callers
  }

  /// How many values are read back.
  fileprivate static let valueLimit = 5000
}

extension ByteReader {
  /// Reads the place of a step, statement or question.
  fileprivate mutating func place() -> Int? { number(in: 0...100_000) }
}

extension Session.Value {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.write(name)
    writer.write(text)
  }

  fileprivate init?(from reader: inout ByteReader) {
    guard let name = reader.text(), let text = reader.text() else { return nil }
    self.init(name: name, text: text)
  }
}

extension Session.Place {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.write(step)
    writer.write(statement)
    writer.write(part)
  }

  fileprivate init?(from reader: inout ByteReader, isOld: Bool) {
    guard let step = reader.place(), let statement = reader.place(),
      let part = isOld ? 0 : reader.place()
    else { return nil }
    self.init(step: step, statement: statement, part: part)
  }
}

extension Session.Frame {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.write(conversation)
    writer.write(hash)
    writer.write(step)
    writer.write(stepName)
    writer.write(statement)
    writer.write(values) { $1.write(to: &$0) }
    writer.write(history) { $1.write(to: &$0) }
  }

  fileprivate init?(from reader: inout ByteReader) {
    guard let conversation = reader.text(), let hash = reader.text(), let step = reader.place(),
      let stepName = reader.text(), let statement = reader.place(),
      let values = reader.list(upTo: Session.valueLimit, { Session.Value(from: &$0) }),
      let history = reader.list(
        upTo: Session.historyLimit, { Session.Place(from: &$0, isOld: false) })
    else { return nil }
    self.init(
      conversation: conversation, hash: hash, step: step, stepName: stepName,
      statement: statement, values: values, history: history)
  }
}

extension VotedQuestion {
  /// Writes the question that was answered last.
  func write(to writer: inout ByteWriter) {
    writer.write(poll)
    writer.write(question)
    writer.write(conversation)
    writer.write(hash)
    writer.write(step)
    writer.write(stepName)
    writer.write(statement)
  }

  /// Reads it; nil when the bytes are not one.
  init?(from reader: inout ByteReader) {
    guard let poll = reader.text(), let question = reader.place(),
      let conversation = reader.text(), let hash = reader.text(), let step = reader.place(),
      let stepName = reader.text(), let statement = reader.place()
    else { return nil }
    self.init(
      poll: poll, question: question, conversation: conversation, hash: hash, step: step,
      stepName: stepName, statement: statement)
  }
}
