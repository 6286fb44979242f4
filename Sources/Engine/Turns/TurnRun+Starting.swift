import Messaging

extension TurnRun {
  /// Begins the conversation of a keyword; `rest` are the words after it.
  mutating func begin(_ keyword: Keyword, rest: String) {
    guard let program = library.program(keyword.conversation) else {
      effects.append(.staffInbox(.unmatched))
      return
    }
    if let language = program.keywordLanguages[keyword.words.lowercased()] {
      lane.writtenLanguage = program.languages[language]
    }
    guard isFor(program) else {
      if !rest.isEmpty { effects.append(.staffInbox(.extraWords)) }
      return
    }
    guard hasRoom(for: program) else {
      if !rest.isEmpty { effects.append(.staffInbox(.extraWords)) }
      return notice(.tooMany)
    }
    purpose = isOpen && session.root == program.id ? .retry : .progress
    setAside(for: program)
    self.rest = rest
    start(program, step: keyword.step)
    advance()
  }

  /// Begins a conversation that the person did not text for.
  ///
  /// While a question is open it waits its turn, unless it is about safety. A person who opted out
  /// gets none but those of class safety.
  ///
  /// Nothing begins either where a value that staff fill in is missing or none of its type.
  mutating func startByStaff(
    _ id: String, step: String?, values: [String: String], poll: String?
  ) {
    guard let program = library.program(id),
      !context.isOptedOut || program.messageClass == .safety,
      program.gate?.condition.holds(in: self) ?? true,
      let filledIn = program.filledIn(values, on: today)
    else { return }
    guard isOpen, !session.isSilent, program.messageClass != .safety,
      session.root != program.id
    else {
      setAside(for: program)
      start(program, step: step)
      begin(filledIn, poll)
      return advance()
    }
    let isWaiting = lane.aside.contains { $0.root == id }
    guard !isWaiting, lane.aside.count < Lane.asideLimit else { return }
    var later = fresh(program, step: step)
    later.values = filledIn
    later.poll = poll ?? ""
    lane.aside.insert(later, at: 0)
  }

  /// Gives a new session what staff filled in and the poll that it was started for.
  private mutating func begin(_ values: [Session.Value], _ poll: String?) {
    session.values = values
    if let poll { session.poll = poll }
  }

  /// Whether the conversation is for this person; if not, says what it says to everyone else.
  private mutating func isFor(_ program: Program) -> Bool {
    guard let gate = program.gate, !gate.condition.holds(in: self) else { return true }
    purpose = .notice
    hasSaid = true
    gate.otherwise.render(
      into: &words, language: program.languageIndex(language), channel: context.channel,
      values: self)
    flush()
    return false
  }

  /// Whether the session under way can be set aside for a new one of that conversation.
  private func hasRoom(for program: Program) -> Bool {
    guard isOpen, session.root != program.id, !session.isSilent else { return true }
    return lane.aside.lazy.filter { $0.root != program.id }.count < Lane.asideLimit
  }

  /// Puts the session under way aside; one of the same conversation ends, and so does a silent one.
  private mutating func setAside(for program: Program) {
    lane.aside.removeAll { $0.root == program.id }
    lane.asleep.removeAll { $0.root == program.id }
    guard isOpen else { return }
    isOpen = false
    guard session.root != program.id, !session.isSilent else { return }
    if lane.aside.count == Lane.asideLimit { lane.aside.removeFirst() }
    lane.aside.append(session)
  }

  /// Makes a new session of the conversation the one under way.
  mutating func start(_ program: Program, step: String?) {
    session = fresh(program, step: step)
    self.program = program
    isOpen = true
    lane.mustAskAgain = false
    if program.asksPoll { choosePoll() }
  }

  private func fresh(_ program: Program, step name: String?) -> Session {
    var session = Session()
    session.conversation = program.id
    session.hash = program.hash
    session.step = name.flatMap { program.stepNames.firstIndex(of: $0) } ?? 0
    session.stepName =
      program.steps.indices.contains(session.step)
      ? program.steps[session.step].name : ""
    session.askedAt = context.now
    return session
  }

  /// Staff closed the case: a session that was set aside and is not too old goes on.
  mutating func closeCase() {
    guard lane.handedOverTo != nil else { return }
    lane.handedOverTo = nil
    lane.aside.removeAll { session in
      let program = library.program(hash: session.hash) ?? library.program(session.conversation)
      guard let forget = program?.forgetAfter else { return true }
      return session.askedAt + forget < context.now
    }
    guard !isOpen, !context.isOptedOut, let next = popNext() else { return }
    take(up: next)
    lane.mustAskAgain = false
    if next.question > 0, next.wakesAt == nil { say(.questionAgain) }
    advance()
  }
}
