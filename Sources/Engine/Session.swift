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

  /// A name and its value.
  struct Value: Equatable, Sendable {
    var name: String
    var text: String
  }

  /// A place in the program.
  struct Place: Equatable, Sendable {
    var step: Int
    var statement: Int
  }

  /// How many questions BACK can go back over.
  static let historyLimit = 8

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
  }

  /// Remembers the place of the question that was just answered.
  mutating func rememberPlace() {
    if history.count == Self.historyLimit { history.removeFirst() }
    history.append(Place(step: step, statement: statement))
  }
}
