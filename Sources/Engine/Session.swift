import Messaging

/// One conversation with one address, from its first words to its end.
struct Session: Equatable, Sendable {
  /// The conversation's id.
  var conversation = ""
  /// The hash of the program that it began with and keeps.
  var hash = ""
  /// The step it is at, by place and by name; the name finds the step in a newer version.
  var step = 0
  var stepName = ""
  /// The statement in the step.
  var statement = 0
  /// What was answered and set, in the order of first mention.
  var values: [Value] = []
  /// How often the open question was not understood.
  var retries = 0
  /// The number of the open question; 0 while none was asked.
  var question = 0
  /// When it was asked.
  var askedAt = Instant(milliseconds: 0)
  /// Whether the reminder of the open question went out.
  var isReminded = false
  /// Whether nobody answered and nothing was asked since, so that only a late reply is waited for.
  var isSilent = false
  /// Whether it has said anything yet.
  var hasSpoken = false
  /// The questions before, the last one last.
  var history: [Place] = []
  /// The id of the poll that it asks about; empty for none.
  var poll = ""
  /// Which question of the poll it is at, from 0.
  var pollQuestion = 0
  /// Which of the open question's conditional choices were not offered, one bit each.
  var hidden = 0
  /// When it goes on after a `wait`; nil while it does not wait for a time.
  var wakesAt: Instant?
  /// The conversations that `run` this one, the outermost first.
  var callers: [Frame] = []

  /// A conversation that waits for the one that it runs.
  struct Frame: Equatable, Sendable {
    var conversation: String
    var hash: String
    var step: Int
    var stepName: String
    var statement: Int
    var values: [Value]
    var history: [Place]
  }

  /// How deep conversations may run one another.
  static let depthLimit = 4

  /// A name and its value.
  struct Value: Equatable, Sendable {
    var name: String
    var text: String
  }

  /// A place in the program.
  struct Place: Equatable, Sendable {
    var step: Int
    var statement: Int
    /// Which question of a poll it is there; 0 elsewhere.
    var part = 0
  }

  /// How many questions BACK can go back over.
  static let historyLimit = 8

  /// The id of the conversation that it began with: the one that runs all others.
  var root: String { callers.first?.conversation ?? conversation }

  /// The value of that name, or nil.
  func value(named name: String) -> String? {
    for value in values where value.name == name { return value.text }
    return nil
  }

  /// Keeps a value, the first 8,000 bytes of it.
  mutating func set(_ name: String, to text: String) {
    let text = text.clipped
    if let index = values.firstIndex(where: { $0.name == name }) {
      values[index].text = text
    } else {
      values.append(Value(name: name, text: text))
    }
  }

  /// Leaves the open question behind.
  mutating func closeQuestion() {
    question = 0
    retries = 0
    isReminded = false
    isSilent = false
    hidden = 0
    wakesAt = nil
  }

  /// Remembers the place of the question that was just answered.
  mutating func rememberPlace() {
    if history.count == Self.historyLimit { history.removeFirst() }
    history.append(Place(step: step, statement: statement, part: pollQuestion))
  }
}
