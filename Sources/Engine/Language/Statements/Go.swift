/// `-> step` goes on at the beginning of a step.
///
/// ```text
/// conversation: Two rooms
/// owner: Front Desk
/// purpose: Show how a step leads to another.
/// start when they text: ROOMS
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 1 day
///
/// step first room
///   say: You are in the first room.
///   -> second room
///
/// step second room
///   say: Now you are in the second.
///   end
///
/// example through both
///   resident: ROOMS
///   bot: You are in the first room. Now you are in the second.
/// ```
struct Go: Statement {
  let line: Int
  let target: Int

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let name = node.text.after("->") else { return nil }
    nodes.removeFirst()
    reader.refuseChildren(of: node)
    return Go(line: node.line, target: reader.step(name, line: node.line))
  }

  var exits: [Exit] { [.to(target)] }

  func check(_ checker: inout ProgramChecker) {}

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [] }

  func explore(_ visit: inout StateVisit) { visit.go(.step(target)) }

  func run(_ run: inout TurnRun) -> Flow { .step(target) }
}
