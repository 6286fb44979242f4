/// `end` ends the conversation.
///
/// ```text
/// conversation: Hello
/// owner: Front Desk
/// purpose: Say hello.
/// start when they text: HELLO
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 1 day
///
/// step hello
///   say: Hello {first name or "there"}.
///   end
///
/// example hello
///   resident: hello!
///   bot: Elm Homes: Hello there.
/// ```
struct End: Statement {
  let line: Int

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, node.text == "end" else { return nil }
    nodes.removeFirst()
    reader.refuseChildren(of: node)
    return End(line: node.line)
  }

  var exits: [Exit] { [Exit(target: .stop)] }

  func check(_ checker: inout ProgramChecker) {}

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [] }

  func explore(_ visit: inout StateVisit) { visit.go(.stop) }

  func run(_ run: inout TurnRun) -> Flow { .end }
}
