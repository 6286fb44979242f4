/// One statement of the language: how it is read, checked and run, all in its own file.
protocol Statement: Sendable {
  /// Reads the statement at the front of `nodes` and takes its lines away; nil, with nothing taken,
  /// when that line is another statement.
  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)?
  /// The line that it begins on.
  var line: Int { get }
  /// The ways that lead on from it.
  var exits: [Exit] { get }
  /// Looks at the names and words that it uses, given what is known there.
  func check(_ checker: inout ProgramChecker)
  /// The conditions that decide which way is taken.
  var conditions: [Condition] { get }
  /// All that it says to people, in the file's order.
  var wordings: [Wording] { get }
  /// Tells what is said at it and every way that leads on, while all states are explored.
  func explore(_ visit: inout StateVisit)
  /// Does it.
  func run(_ run: inout TurnRun) -> Flow
}

/// The statements of the language, in the order in which the reader tries them.
let statementKinds: [any Statement.Type] = [
  Say.self, NewMessage.self, Picture.self, Ask.self, AskEach.self, Go.self, End.self, When.self,
  SetValue.self, Wait.self, RunConversation.self, HandOver.self, Act.self,
]

/// One way that leads on from a statement.
struct Exit: Sendable {
  /// Where it leads.
  var target: Target
  /// The names that have a value on this way.
  var learns: Set<String> = []
  /// Whether the person is waited for before it is taken.
  var waits = false
  /// Whether it is taken when nobody answers.
  var isSilence = false

  /// Where a way leads.
  enum Target: Equatable, Sendable {
    /// To the statement below.
    case next
    /// To the beginning of a step.
    case step(Int)
    /// Nowhere: the session ends.
    case stop

    /// To a step, or to the statement below for nil.
    static func to(_ step: Int?) -> Target { step.map(Target.step) ?? .next }
  }

  /// The way to a step, or to the statement below for nil.
  static func to(_ step: Int?, learns: Set<String> = [], waits: Bool = false) -> Exit {
    Exit(target: step.map(Target.step) ?? .next, learns: learns, waits: waits)
  }
}

/// What the turn does after a statement.
enum Flow: Equatable, Sendable {
  /// Goes on with the statement below.
  case next
  /// Goes on at the beginning of a step.
  case step(Int)
  /// Runs the statement that the session is at now.
  case stay
  /// Waits for the person.
  case wait
  /// Waits for a time, and asks nothing meanwhile.
  case sleep
  /// Ends the session.
  case end
  /// Waits for the outcome of an action.
  case act(ActionRequest)

  /// On to a step, or to the statement below for nil.
  static func to(_ step: Int?) -> Flow { step.map(Flow.step) ?? .next }
}
