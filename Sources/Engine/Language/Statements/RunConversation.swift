/// `run <conversation>` goes through another conversation and returns here when that ends.
///
/// The other one keeps its own answers and values. What it runs belongs to a conversation's version.
///
/// ```text
/// conversation: Door check with thanks
/// owner: Safety Team
/// purpose: Show how one conversation runs another.
/// start when they text: CHECKED
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step start
///   say: Thank you for checking your door.
///   run how-was-it
///   say: We are done.
///   end
///
/// example there and back
///   resident: CHECKED
///   bot: Thank you for checking your door. Was it easy? 1 Yes 2 No
///   resident: yes
///   bot: Good. We are done.
///   answer easy is yes
/// ```
///
/// ```text how-was-it
/// conversation: How was it
/// owner: Safety Team
/// purpose: Ask how it went.
/// start from: staff
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step ask
///   ask easy:
///     Was it easy?
///     - yes: Yes -> good
///     - no: No -> finish
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///
/// step good
///   say: Good.
///   end
///
/// step finish
///   end
/// ```
struct RunConversation: Statement {
  let line: Int
  /// The id of the conversation that is run.
  let conversation: String

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let id = node.text.after("run ") else { return nil }
    nodes.removeFirst()
    reader.refuseChildren(of: node)
    return RunConversation(line: node.line, conversation: id)
  }

  /// Whatever a file may run, by its lines: perhaps also words that only look like it.
  static func candidates(in text: String) -> [String] {
    SourceLines.tree(of: text).flatMap(\.flattened).compactMap { $0.text.after("run ") }
  }

  var exits: [Exit] { [.to(nil)] }

  func check(_ checker: inout ProgramChecker) {}

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [] }

  func explore(_ visit: inout StateVisit) { visit.run(conversation) }

  func run(_ run: inout TurnRun) -> Flow { run.enter(conversation) }
}
