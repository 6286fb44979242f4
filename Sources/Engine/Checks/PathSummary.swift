import Messaging

/// How many paths lead through a conversation, and how long they get, in one language on SMS.
///
/// Nothing is walked path by path: what is known of each state is worked out once, from the states
/// before it. A path ends where the session does, or where it would come back to a step that it has
/// passed.
struct PathSummary {
  /// How many paths there are; `Int.max` for more than that.
  private(set) var paths = 0
  /// The messages of the longest path.
  private(set) var messages = 0
  /// The SMS parts of the longest path.
  private(set) var parts = 0
  /// The messages that can be over two parts, by the line of their longest piece.
  private(set) var longMessages: [Int: String] = [:]
  /// The line of the first question that can be the fourth in a row.
  private(set) var fourthQuestion: Int?

  private let exploration: Exploration
  private var speaker: PathSpeaker
  private let others: [String: PathSummary]
  private var counts: [Int]
  private var asked: [Int]
  private var tallies: [[PathTally]]

  /// Works it out; `others` are the summaries of the conversations that are run.
  init(
    of exploration: Exploration, language: Int, texts: EngineTexts,
    others: [String: PathSummary] = [:]
  ) {
    self.exploration = exploration
    self.others = others
    speaker = PathSpeaker(exploration.program, language: language, texts: texts)
    counts = Array(repeating: 0, count: exploration.states.count)
    asked = counts
    tallies = Array(repeating: [], count: counts.count)
    for entry in exploration.entries {
      counts[entry] = 1
      tallies[entry] = [PathTally()]
    }
    if let gate = exploration.program.gate { tellOthers(gate) }
    let (order, isBack) = exploration.forward()
    for state in order { pass(state, isBack[state]) }
    counts = []
    tallies = []
  }

  /// What people are told whom the conversation is not for.
  private mutating func tellOthers(_ gate: Program.Gate) {
    paths = 1
    var tally = PathTally()
    for piece in speaker.pieces(of: gate.otherwise) { tally.say(piece) }
    finish(tally)
  }

  private mutating func pass(_ state: Int, _ isBack: [Bool]) {
    let reached = exploration.states[state]
    let statement = exploration.places.statement(at: reached.place)
    if statement is Ask || statement is AskEach, reached.retries == 0 {
      asked[state] += 1
      if asked[state] == 4 { fourthQuestion = min(fourthQuestion ?? .max, statement.line) }
    }
    let said = tallies[state].map { self.said(at: reached, after: $0) }
    tallies[state] = []
    let askedHere = statement is Wait ? 0 : asked[state]
    for (way, isBack) in zip(exploration.ways[state], isBack) {
      var count = counts[state]
      if let id = way.conversation, let other = others[id] {
        count = count.multiplied(byAtMost: other.paths)
      }
      guard let target = way.state, !isBack else {
        paths = paths.added(atMost: count)
        for tally in said { finish(tally) }
        continue
      }
      counts[target] = counts[target].added(atMost: count)
      asked[target] = max(asked[target], askedHere)
      for tally in said { PathTally.add(tally, to: &tallies[target]) }
    }
  }

  /// What a path has come to once this state has spoken.
  private mutating func said(at state: ReachedState, after tally: PathTally) -> PathTally {
    var tally = tally
    for speech in exploration.speech[Exploration.speechKey(state)] ?? [] {
      switch speech {
      case .wording(let wording, let choices):
        for piece in speaker.pieces(of: wording, choices) { tally.say(piece) }
      case .engine(let text): tally.say(speaker.piece(of: text))
      case .engineIfSilent(let text):
        if tally.isSilent { tally.say(speaker.piece(of: text)) }
      case .send: send(&tally)
      case .conversation(let id):
        send(&tally)
        tally.add(messages: others[id]?.messages ?? 0, parts: others[id]?.parts ?? 0)
      }
    }
    return tally
  }

  private mutating func send(_ tally: inout PathTally) {
    guard let long = tally.send() else { return }
    longMessages[long.line] = longMessages[long.line] ?? long.text
  }

  private mutating func finish(_ tally: PathTally) {
    var tally = tally
    send(&tally)
    if (tally.parts, tally.messages) > (parts, messages) {
      (parts, messages) = (tally.parts, tally.messages)
    }
  }
}

extension Int {
  /// The sum, or the largest number that there is.
  fileprivate func added(atMost other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }

  /// The product, or the largest number that there is.
  fileprivate func multiplied(byAtMost other: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: other)
    return overflows ? .max : product
  }
}
