import Engagement
import Engine
import Messaging

/// A resident at a terminal, with a clock that only moves when told to.
struct Talk {
  /// All that `:undo` takes back.
  struct State {
    var lane = Lane()
    var context: TurnContext
    /// The timers that run.
    var timers: [(due: Instant, kind: TimerKind, question: Int)] = []
    /// The outcomes that `:pretend` has set, by action.
    var outcomes: [String: String] = [:]
    /// The buttons of the last message.
    var buttons: [OutboundMessage.Choice] = []
    /// What was sent so far, in messages and in parts.
    var messages = 0
    var parts = 0
    /// Why the last reply meant what it meant.
    var explanation: Explanation?
  }

  let library: Library
  let scene: TalkScene
  let screen: TalkScreen
  var state: State
  /// The states before, the last one last.
  private var past: [State] = []
  /// The next line after that prompt; nil at the end.
  private let read: (String) -> String?
  private let write: (String) -> Void

  /// How many lines `:undo` can take back.
  private static let pastLimit = 200

  /// Sets the scene as every example has it.
  init(
    library: Library, scene: TalkScene, screen: TalkScreen, read: @escaping (String) -> String?,
    write: @escaping (String) -> Void
  ) {
    self.library = library
    self.scene = scene
    self.screen = screen
    self.read = read
    self.write = write
    var context = TurnContext(now: ExampleRunner.start, channel: "sms", values: scene.values)
    context.clock = scene.clock
    state = State(context: context)
  }

  /// Takes line after line, up to the end or `:quit`.
  mutating func run() {
    while let words = read("you> ") {
      guard words.hasPrefix(":") else {
        remember()
        take(.message(text: words, choice: nil))
        continue
      }
      switch TalkOrder.read(words) {
      case .success(.quit): return
      case .success(let order): obey(order)
      case .failure(let mistake): note(mistake.sentence)
      }
    }
  }

  /// Keeps the state for `:undo`.
  mutating func remember() {
    if past.count == Self.pastLimit { past.removeFirst() }
    past.append(state)
  }

  /// Goes back to the state before; false when there is none.
  mutating func undo() -> Bool {
    guard let last = past.popLast() else { return false }
    state = last
    return true
  }

  /// Prints what is not a message.
  func note(_ sentence: String) { write(screen.note(sentence)) }

  /// Lets time pass, and the timers that come due on the way.
  mutating func pass(until end: Instant) {
    var budget = 1000
    while budget > 0,
      let next = state.timers.indices.min(by: { state.timers[$0].due < state.timers[$1].due }),
      state.timers[next].due <= end
    {
      budget -= 1
      if delayToOpening(next) { continue }
      let timer = state.timers.remove(at: next)
      state.context.now = timer.due
      note(scene.time(timer.due))
      take(.timer(timer.kind, question: timer.question))
    }
    state.context.now = end
    note(scene.time(end))
  }

  /// Lets a timer that comes due outside the sending hours wait, and the later ones of its question
  /// as much longer; false when it need not.
  private mutating func delayToOpening(_ index: Int) -> Bool {
    let timer = state.timers[index]
    guard timer.kind != .forget, !scene.hours.isOpen(at: timer.due) else { return false }
    guard let opening = scene.hours.nextOpening(from: timer.due) else {
      state.timers.remove(at: index)
      return true
    }
    let delay = opening - timer.due
    for other in state.timers.indices
    where state.timers[other].question == timer.question && state.timers[other].kind != .forget {
      state.timers[other].due = state.timers[other].due + delay
    }
    return true
  }

  /// Gives an event to the conversations and shows what comes of it.
  mutating func take(_ event: LaneEvent) {
    var (turn, explanation) = library.explainedTurn(state.lane, event, state.context)
    state.explanation = explanation
    while case .needs(let request, let suspended) = turn {
      let outcome = outcome(of: request)
      turn = library.resume(
        suspended, outcome: outcome, values: request.sampleValues(of: outcome), state.context)
    }
    guard case .finished(let next, let effects) = turn else { return }
    state.lane = next
    for effect in effects { show(effect) }
    state.timers.removeAll { !next.timedQuestions.contains($0.question) }
    if effects.isEmpty, case .start = event {
      note("Nothing came of it: it is not for this person, or staff must fill something in.")
    }
  }

  /// What comes of an action: what the gateway itself decides, what was pretended, or what is said.
  private func outcome(of request: ActionRequest) -> String {
    let place = request.place.isEmpty ? "" : " at " + request.place
    let subject = request.subject.isEmpty ? "" : " " + request.subject
    let words = request.argument.isEmpty ? "" : ": " + request.argument
    let action = request.action + subject + place + words
    if let known = request.decided ?? state.outcomes[request.action] {
      note("\(action) is \(known)")
      return known
    }
    let outcomes = request.outcomes
    let list = outcomes.enumerated().map { "\($0.offset + 1) \($0.element)" }
    note(action)
    guard outcomes.count > 1 else { return request.usualOutcome }
    note("What comes of it? \(list.joined(separator: "  ")) (nothing for 1)")
    while let line = read("outcome> ") {
      let words = line.split(separator: " ").joined(separator: " ").lowercased()
      if words.isEmpty { break }
      if let number = Int(words), outcomes.indices.contains(number - 1) {
        return outcomes[number - 1]
      }
      if outcomes.contains(words) { return words }
      note("Type the number of one of them.")
    }
    return request.usualOutcome
  }

  private mutating func show(_ effect: Effect) {
    switch effect {
    case .send(let message):
      state.messages += 1
      state.parts += screen.parts(of: message, channel: state.context.channel)
      state.buttons = message.choices
      screen.lines(of: message, channel: state.context.channel).forEach(write)
      guard let question = message.question else { return }
      for timer in message.timers {
        state.timers.append((state.context.now + timer.after, timer.kind, question))
      }
    case .startTimer(let kind, let question, let due):
      state.timers.append((due, kind, question))
    case .record(let answer): note("answer \(answer.name) is \(answer.value)")
    case .handOver(let team, let words):
      note("handed over to \(team)\(words.isEmpty ? "" : ": \(words)")")
    case .staffInbox(let reason): note("staff see it: \(reason.rawValue)")
    case .alarm: note("staff are alarmed")
    case .optOut:
      state.context.isOptedOut = true
      note("opted out")
    case .optIn:
      state.context.isOptedOut = false
      note("opted in")
    case .questionArrived: return
    }
  }
}
