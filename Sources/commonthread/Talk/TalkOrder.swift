import Engine
import Messaging

/// What a line that begins with a colon asks of `talk`.
enum TalkOrder: Equatable {
  case later(String)
  case language(String)
  case channel(String)
  case person(name: String, value: String?)
  case pretend(action: String, outcome: String)
  case start(String)
  case press(Int)
  case state
  case why
  case undo
  case help
  case quit

  /// Why a line is no order, with the fix.
  struct Mistake: Error {
    let sentence: String
  }

  /// Every order with what it does, for `:help`.
  static let list = """
    :later 25 hours             lets time pass; also :later 9am
    :state                      what is open, what is known and what it cost so far
    :why                        which rule decided what the last reply meant
    :undo                       takes the last line back
    :language cy                puts another language on the landlord's record
    :channel whatsapp           goes on over another kind of channel
    :person first name is Sam   what is known of the person; "is not known" forgets it
    :pretend check code is used what comes of an action from now on
    :start welcome              staff start a conversation; a step may follow its id
    :press 2                    presses the second button
    :help                       this list
    :quit                       ends
    """

  /// Reads a line that begins with a colon.
  static func read(_ line: String) -> Result<TalkOrder, Mistake> {
    let words = line.split(separator: " ")
    let rest = words.dropFirst().joined(separator: " ")
    switch words.first {
    case ":later":
      return rest.isEmpty ? wrong("Write it like :later 25 hours.") : .success(.later(rest))
    case ":language":
      let isCode = (2...3).contains(rest.utf8.count) && rest.utf8.allSatisfy { 97...122 ~= $0 }
      return isCode ? .success(.language(rest)) : wrong("Write it like :language cy.")
    case ":channel":
      guard ChannelStyle.kinds.contains(rest) else {
        return wrong("There is \(ChannelStyle.kinds.joined(separator: ", ")).")
      }
      return .success(.channel(rest))
    case ":person":
      guard let fact = ExampleRunner.fact(in: rest) else {
        return wrong("Write it like :person first name is Sam.")
      }
      return .success(.person(name: fact.name, value: fact.value))
    case ":pretend":
      guard let pretence = ExampleRunner.pretence(in: rest) else {
        return wrong("Write it like :pretend check code is used.")
      }
      return .success(.pretend(action: pretence.action, outcome: pretence.outcome))
    case ":start":
      return rest.isEmpty ? wrong("Write it like :start welcome.") : .success(.start(rest))
    case ":press":
      guard let number = Int(rest), number > 0 else { return wrong("Write it like :press 2.") }
      return .success(.press(number))
    case ":state": return .success(.state)
    case ":why": return .success(.why)
    case ":undo": return .success(.undo)
    case ":help": return .success(.help)
    case ":quit": return .success(.quit)
    default: return wrong("There is no \(words.first ?? ":"). Type :help for what there is.")
    }
  }

  private static func wrong(_ sentence: String) -> Result<TalkOrder, Mistake> {
    .failure(Mistake(sentence: sentence))
  }
}

extension Talk {
  /// Does what a line that begins with a colon asks for.
  mutating func obey(_ order: TalkOrder) {
    switch order {
    case .later(let words):
      let end = ExampleRunner.moment(words, after: state.context.now, clock: scene.clock)
      guard let end else { return note("Write it like :later 25 hours, or :later 9am.") }
      remember()
      pass(until: end)
    case .language(let code):
      remember()
      state.context.language = code
      note("The landlord's record says \(code).")
    case .channel(let kind):
      remember()
      state.context.channel = kind
      state.context.showsPictures = ChannelStyle.showsPictures(kind)
      note("It goes on over \(kind).")
    case .person(let name, let value):
      remember()
      state.context.values[name] = value
      note("\(name) is \(value ?? "not known")")
    case .pretend(let action, let outcome):
      remember()
      state.outcomes[action] = outcome
      note("\(action) is \(outcome) from now on")
    case .start(let words): start(words)
    case .press(let number): press(number)
    case .state: tellState()
    case .why: tellWhy()
    case .undo: note(undo() ? "Taken back." : "There is nothing to take back.")
    case .help:
      for line in TalkOrder.list.split(separator: "\n") { note(String(line)) }
    case .quit: return
    }
  }

  private mutating func start(_ words: String) {
    let halves = words.split(separator: " ", maxSplits: 1).map(String.init)
    guard let program = library.program(halves[0]) else {
      return note("There is \(library.conversationIDs.joined(separator: ", ")).")
    }
    let step = halves.count > 1 ? halves[1].lowercased() : nil
    guard step.map(program.stepNames.contains) ?? true else {
      return note("It has the steps \(program.stepNames.joined(separator: ", ")).")
    }
    remember()
    take(.start(conversation: halves[0], step: step))
  }

  private mutating func press(_ number: Int) {
    guard !ChannelStyle.isPlainText(state.context.channel),
      state.buttons.indices.contains(number - 1)
    else { return note("There is no such button.") }
    remember()
    let button = state.buttons[number - 1]
    take(.message(text: button.label, choice: button.id))
  }

  private func tellState() {
    note(scene.time(state.context.now))
    note("open: \(state.lane.openConversation ?? "nothing")")
    for timer in state.timers.sorted(by: { $0.due < $1.due }) {
      note("\(timer.kind.rawValue): \(scene.time(timer.due))")
    }
    let values = state.context.values.sorted { $0.key < $1.key }
    note(values.map { "\($0.key) is \($0.value)" }.joined(separator: ", "))
    note("sent: \(state.messages) messages\(screen.total(parts: state.parts))")
  }

  private func tellWhy() {
    guard let explanation = state.explanation else {
      return note("The last thing that happened was no reply.")
    }
    note(explanation.rule.map { "Rule \($0). " } ?? "", explanation.sentence)
  }

  private func note(_ rule: String, _ sentence: String) { note(rule + sentence) }
}
