/// `say:` says something, on the same line or indented below.
///
/// On SMS all that one turn says is one message; elsewhere each `say` is its own.
///
/// ```text
/// conversation: Opening hours
/// owner: Front Desk
/// purpose: Tell people when the office is open.
/// start when they text: HOURS
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 1 day
///
/// step hours
///   say: We are open 9 to 5.
///   say:
///     On Sundays we are closed.
///     Call {phone} if it cannot wait.
///   end
///
/// example the hours
///   resident: HOURS
///   bot: We are open 9 to 5. On Sundays we are closed. Call 01632 960 123 if it cannot wait.
/// ```
struct Say: Statement {
  let line: Int
  let wording: Wording

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let words = node.text.after("say:") else { return nil }
    nodes.removeFirst()
    return Say(
      line: node.line, wording: reader.wording(words, lines: node.children, line: node.line))
  }

  var exits: [Exit] { [Exit(target: .next)] }

  func check(_ checker: inout ProgramChecker) {
    checker.check(wording)
  }

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [wording] }

  func explore(_ visit: inout StateVisit) {
    visit.say(wording)
    visit.go(.next)
  }

  func run(_ run: inout TurnRun) -> Flow {
    run.say(wording)
    return .next
  }
}
