import Messaging

/// One turn while it runs: the lane, what may be known, and what is to be done so far.
struct TurnRun: Sendable, Values {
  let library: Library
  var context: TurnContext
  var lane: Lane
  /// The session under way; without meaning unless `isOpen`.
  var session = Session()
  /// The session's program; without meaning unless `isOpen`.
  var program = Program.none
  var isOpen = false
  var effects: [Effect] = []
  /// Why what is said now is said.
  var purpose = Outgoing.Purpose.progress
  /// The message that is being put together.
  var words = ""
  /// Whether anything was said in this turn.
  var hasSaid = false
  /// The words after a keyword, until a question takes them.
  var rest = ""
  /// The session as it was when nobody answered, to be kept if nothing more is asked.
  var silentSession: Session?
  /// The action whose outcome is waited for.
  var request: ActionRequest?
  /// Whether the person sent the message that this turn answers.
  var isReply = false
  /// The pictures that the next message carries.
  var pictures: [OutboundMessage.Picture] = []
  /// Whether the landlord's name was put in front in this turn.
  var isNamed = false
  /// Whether it is to be told which rule decided what a reply meant.
  var explains = false
  /// The rule that decided, once it has; nil unless `explains`.
  var explanation: Explanation?
  /// Where the turn came by; nil while nobody asks.
  var trail: Set<Passage>?
  /// Statements that may still run in this turn.
  private var budget = 1000

  /// Begins a turn; a session whose version is gone moves to its step in the version in force.
  init(library: Library, lane: Lane, context: TurnContext) {
    self.library = library
    self.lane = lane
    self.context = context
    if let open = lane.open { take(up: open) }
  }

  /// The code of the language that the person is spoken to in.
  var language: String {
    lane.chosenLanguage ?? lane.writtenLanguage ?? context.language
      ?? (isOpen ? program.languages.first : library.texts.languages.first?.code) ?? "en"
  }

  func value(named name: String) -> String? {
    if isOpen, let value = session.value(named: name) ?? pollValue(named: name) { return value }
    if let value = context.values[name] { return value }
    if name == "language" { return language }
    if let value = factValue(named: name) { return value }
    return program.numbers.contains(name) ? "0" : nil
  }

  func spoken(named name: String) -> String? {
    guard let value = value(named: name) else { return nil }
    guard isOpen, let labels = program.questionLabels[name] else {
      if isOpen, let answer = spokenPollValue(named: name) { return answer }
      return spokenDate(value) ?? value
    }
    if let label = labels[value] { return said(label) }
    let several = value.parts(between: ",").map { labels[$0].map(said) ?? $0 }
    return several.joined(separator: ", ")
  }

  private func said(_ label: Wording) -> String {
    var words = ""
    label.render(
      into: &words, language: program.languageIndex(language), channel: context.channel,
      values: self)
    return words
  }

  /// What a fact about the building says, or its date, while it is signed and in date.
  private func factValue(named name: String) -> String? {
    guard !context.facts.isEmpty else { return nil }
    if let fact = context.facts[name] { return fact.holds(at: context.now) ? fact.text : nil }
    guard let of = name.after("day of "), let fact = context.facts[of],
      fact.holds(at: context.now)
    else { return nil }
    return fact.day.iso8601
  }

  /// A stored day as people say it; nil for what is none.
  private func spokenDate(_ value: String) -> String? {
    guard value.utf8.count == 10, value.utf8.dropFirst(4).first == UInt8(ascii: "-"),
      let date = CivilDate(iso8601: value)
    else { return nil }
    return SpokenDate.text(
      date, language: language, today: today)
  }

  /// A template with its values as staff and actions read them: choices by their ids.
  func written(_ template: Template) -> String {
    var words = ""
    template.render(into: &words, values: self, labels: false)
    return words
  }

  /// The request of an action, with its outcome where the engine itself decides it.
  func decided(_ request: ActionRequest) -> ActionRequest {
    guard request.action == ActionKind.setLanguage.words else { return request }
    var request = request
    let code = request.subject.lowercased()
    request.decided = library.texts.languages.contains { $0.code == code } ? "set" : "not offered"
    return request
  }

  /// The day that it is where the person lives.
  var today: CivilDate { context.clock.localTime(context.now).date }

  /// Makes that session the one under way, in its own version or the one in force.
  mutating func take(up session: Session) {
    self.session = session
    isOpen = true
    if let program = library.program(hash: session.hash) {
      self.program = program
      wakeUp()
    } else if let program = library.program(session.conversation),
      let step = program.stepNames.firstIndex(of: session.stepName)
    {
      self.program = program
      self.session.hash = program.hash
      self.session.step = step
      self.session.statement = 0
      self.session.history = []
      self.session.isSilent = false
      lane.mustAskAgain = true
      wakeUp()
    } else {
      program = .none
      lane.mustAskAgain = true
    }
  }

  /// Runs statements until the person, an action or nothing is waited for.
  mutating func advance() {
    while isOpen {
      budget -= 1
      guard budget > 0 else { return giveUp("The conversation went round too long.") }
      guard let statement = program.statement(step: session.step, at: session.statement) else {
        say(.withdrawn)
        return giveUp("The conversation’s version was withdrawn.")
      }
      trail?.insert(.step(session.conversation, step: session.step))
      switch statement.run(&self) {
      case .wait: return
      case .stay: move(.stay)
      case .sleep: guard putToSleep() else { return }
      case .end: guard endSession() else { return }
      case .act(let request):
        self.request = request
        return
      case .next: move(.next)
      case .step(let step): move(.step(step))
      }
    }
  }

  /// Goes to another place in the program.
  mutating func move(_ flow: Flow) {
    session.closeQuestion()
    if flow == .stay { return }
    session.pollQuestion = 0
    if case .step(let step) = flow {
      session.step = step
      session.stepName = program.steps.indices.contains(step) ? program.steps[step].name : ""
      session.statement = 0
    } else {
      session.statement += 1
    }
  }

  /// Ends the session and takes up the one that was set aside last; false when none goes on.
  ///
  /// After silence that led to no other question, the old one stays open for a late reply.
  mutating func endSession() -> Bool {
    if lane.handedOverTo == nil, returnToCaller() { return true }
    keepRest()
    if let silent = silentSession, lane.handedOverTo == nil, lane.aside.isEmpty {
      session = silent
      session.isSilent = true
      return false
    }
    isOpen = false
    if purpose == .unprompted, context.isOptedOut {
      lane.aside = lane.aside.filter(isSafety)
      lane.asleep = lane.asleep.filter(isSafety)
    }
    return takeUpNext()
  }

  /// Gives words after a keyword that fitted nothing to staff.
  mutating func keepRest() {
    guard !rest.isEmpty else { return }
    effects.append(.staffInbox(.extraWords))
    rest = ""
  }

  /// Whether the session is of the class that an opt-out does not stop.
  func isSafety(_ session: Session) -> Bool {
    library.program(hash: session.hash)?.messageClass == .safety
  }

  /// Hands the person over because the conversation cannot go on.
  mutating func giveUp(_ note: String) {
    handOver(to: program.owner.isEmpty ? library.defaultTeam : program.owner, note: note)
    isOpen = false
  }

  /// A person takes over; says when to expect someone unless something was said just before.
  mutating func handOver(to team: String, note: String) {
    lane.handedOverTo = team
    effects.append(.handOver(team: team, note: note))
    if !hasSaid { say(.handedOver) }
  }

  /// The turn's end: what is left to say, and the lane as it is now.
  mutating func finished() -> Turn {
    if let request { return .needs(request, Suspended(run: self)) }
    flush()
    if isReply, effects.isEmpty { effects.append(.staffInbox(.unmatched)) }
    lane.open = isOpen ? session : nil
    return .finished(lane, effects)
  }
}
