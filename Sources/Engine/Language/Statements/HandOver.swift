/// `hand over to <team>: note` ends the session there, and a person of that team takes over.
///
/// When nothing was said just before, the gateway adds when to expect someone. The note is for
/// staff and is not translated. Until staff close the case, further texts go to it.
///
/// ```text
/// conversation: Talk to us
/// owner: Front Desk
/// purpose: Reach a person.
/// start when they text: TALK
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 1 day
///
/// step talk
///   say: We will call you today.
///   hand over to Front Desk: Wants a call. Building: {building or "not known"}
///
/// example a call
///   resident: TALK
///   bot: We will call you today.
///   handed over to Front Desk
///   staff see: Wants a call. Building: Oak Tower
///   resident: it is about my door
///   nothing is sent
/// ```
struct HandOver: Statement {
  let line: Int
  let team: String
  let note: Template?

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let rest = node.text.after("hand over to ") else { return nil }
    nodes.removeFirst()
    let (team, words) = rest.cut(at: ":") ?? (rest, "")
    var lines = node.children.flatMap(\.flattened)
    if !words.isEmpty {
      lines.insert(
        SourceNode(line: node.line, indent: 0, text: words, followsBlank: false), at: 0)
    }
    return HandOver(
      line: node.line, team: reader.team(team, line: node.line),
      note: lines.isEmpty ? nil : reader.template(lines))
  }

  var exits: [Exit] { [Exit(target: .stop)] }

  func check(_ checker: inout ProgramChecker) {
    if let note { checker.check(note, line: line) }
    guard checker.program.answers == .anonymous, !checker.saysSomethingBefore(line) else { return }
    checker.report(
      "E410", line, "an anonymous conversation hands over without saying so first",
      fix: "add a “say:” above it that tells people that staff will now see who they are")
  }

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [] }

  func explore(_ visit: inout StateVisit) {
    visit.say(.engineIfSilent(.handedOver))
    visit.go(.stop)
  }

  func run(_ run: inout TurnRun) -> Flow {
    var words = ""
    note?.render(into: &words, values: run, labels: false)
    run.handOver(to: team, note: words)
    return .end
  }
}
