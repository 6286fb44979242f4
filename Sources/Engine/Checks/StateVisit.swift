/// One state of a conversation that can be reached: where it is, and what decides how it goes on.
struct ReachedState: Hashable {
  /// The statement, by its place in `ProgramPlaces`.
  var place: Int
  /// How many replies to its question were not understood.
  var retries = 0
  /// What is known of the values that conditions read from here on.
  var known: [ReadValues.Known]
}

/// What happens at one state: what is said there, and every way that leads on.
///
/// Each statement tells it in its `explore`.
struct StateVisit {
  /// Where it is.
  let state: ReachedState
  /// The same values, as conditions read them.
  let values: StateValues
  /// What is said, in order.
  private(set) var speech: [Speech] = []
  /// The ways that lead on.
  private(set) var ways: [Way] = []

  /// One thing that is said, or what becomes of the message.
  enum Speech {
    /// Wording of the script, with the choices that are numbered behind it.
    case wording(Wording, [Ask.Choice])
    /// Something of the gateway's own.
    case engine(EngineText)
    /// The same, where nothing was said just before.
    case engineIfSilent(EngineText)
    /// The message ends here.
    case send
    /// All that another conversation says.
    case conversation(String)
  }

  /// One way that leads on.
  struct Way {
    /// Where it leads.
    var target: Exit.Target
    /// How many replies were not understood there.
    var retries = 0
    /// Whether it stays at the question, to be asked again.
    var staysHere = false
    /// What is known on it.
    var values: StateValues
    /// How many ways it stands for: those through a conversation that is run.
    var conversation: String?
  }

  /// Begins a visit.
  init(state: ReachedState, table: ReadValues) {
    self.state = state
    values = StateValues(table: table, known: state.known)
  }

  /// Says something of the script.
  mutating func say(_ wording: Wording, choices: [Ask.Choice] = []) {
    speech.append(.wording(wording, choices))
  }

  /// Says something else.
  mutating func say(_ speech: Speech) { self.speech.append(speech) }

  /// Goes on to a step, to the statement below or to the end.
  mutating func go(_ target: Exit.Target, _ values: StateValues? = nil) {
    ways.append(Way(target: target, values: values ?? self.values))
  }

  /// Asks again, since a reply was not understood.
  mutating func askAgain(_ values: StateValues) {
    ways.append(
      Way(target: .next, retries: state.retries + 1, staysHere: true, values: values))
  }

  /// Goes through another conversation and on with the statement below.
  mutating func run(_ conversation: String) {
    say(.conversation(conversation))
    ways.append(Way(target: .next, values: values, conversation: conversation))
  }

  /// The values with all decided that these conditions read, in every way that they may be.
  func cases(of conditions: [Condition]) -> [StateValues] {
    values.deciding(Set(conditions.flatMap(\.names)))
  }

  /// Says the question's words, and what the reminder says later.
  mutating func ask(
    _ wording: Wording?, retry: Wording?, reminder: Ask.Reminder?, choices: [Ask.Choice]
  ) {
    if state.retries > 0 {
      if retry == nil { say(.engine(.notUnderstood)) }
      if let again = retry ?? wording { say(again, choices: choices) }
      say(.send)
      return
    }
    if let wording { say(wording, choices: choices) }
    say(.send)
    guard let reminder else { return }
    say(reminder.wording, choices: choices)
    say(.send)
  }

  /// The ways of replies that were not understood, until another way out is taken.
  mutating func giveUp(_ giveUp: Ask.GiveUp?, _ values: StateValues) {
    guard state.retries + 1 >= giveUp?.times ?? Ask.patience else { return askAgain(values) }
    go(giveUp.map { .step($0.target) } ?? .stop, values)
  }
}
