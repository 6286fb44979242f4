/// `new message` begins another text message where all that a turn says would be one.
///
/// ```text
/// conversation: Two texts
/// owner: Front Desk
/// purpose: Show that a turn can say two messages.
/// start when they text: TWO
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 1 day
///
/// step two
///   say: This is the first text.
///   new message
///   say: This is the second.
///   end
///
/// example two texts
///   resident: TWO
///   bot: This is the first text.
///   bot: This is the second.
/// ```
struct NewMessage: Statement {
  let line: Int

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, node.text == "new message" else { return nil }
    nodes.removeFirst()
    reader.refuseChildren(of: node)
    return NewMessage(line: node.line)
  }

  var exits: [Exit] { [Exit(target: .next)] }

  func check(_ checker: inout ProgramChecker) {}

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [] }

  func explore(_ visit: inout StateVisit) {
    visit.say(.send)
    visit.go(.next)
  }

  func run(_ run: inout TurnRun) -> Flow {
    run.flush()
    return .next
  }
}
