/// An action with its outcomes: the gateway does it in the turn's transaction.
///
/// ```conversation
/// conversation: Something is dangerous
/// owner: Safety Team
/// purpose: Take a worry about safety.
/// class: safety
/// start when they text: WORRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 3 days
///
/// step worry
///   ask what (words up to 300):
///     Please tell us in your own words.
///     no answer after 1 day -> finish
///   report danger: {what}
///     - logged -> told
///
/// step told
///   say: Thank you. A person will read this today.
///   end
///
/// step finish
///   end
///
/// example a worry
///   pretend: report danger is logged
///   resident: WORRY
///   bot: Please tell us in your own words.
///   resident: the bin chute door on 4 wont close
///   bot: Thank you. A person will read this today.
///   staff see: the bin chute door on 4 wont close
/// ```
struct Act: Statement {
  let line: Int
  let kind: ActionKind
  let subject: String
  let argument: Template
  let outcomes: [Outcome]

  /// Where one outcome leads; nil for the statement below.
  struct Outcome: Sendable {
    let name: String
    let target: Int?
  }

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first,
      let kind = ActionKind.all.first(where: { node.text.hasPrefix($0.words) })
    else { return nil }
    nodes.removeFirst()
    let rest = String(node.text.dropFirst(kind.words.count))
    guard let (subject, words) = rest.cut(at: ":"), subject.isEmpty != kind.takesSubject else {
      reader.report(
        "E308", node.line, "this action cannot be read",
        fix: "write “\(kind.words)\(kind.takesSubject ? " kind" : ""): words”")
      return Act(
        line: node.line, kind: kind, subject: "", argument: Template(segments: []), outcomes: [])
    }
    let argument = reader.template([
      SourceNode(line: node.line, indent: 0, text: words, followsBlank: false)
    ])
    let outcomes = outcomes(of: kind, node, &reader)
    return Act(
      line: node.line, kind: kind, subject: subject, argument: argument, outcomes: outcomes)
  }

  private static func outcomes(
    of kind: ActionKind, _ node: SourceNode, _ reader: inout FileReader
  ) -> [Outcome] {
    var outcomes: [Outcome] = []
    var meant: Set<String> = []
    for child in node.children {
      let rest = child.text.after("-") ?? child.text
      let (name, target) =
        rest.cut(at: "->").map { ($0.before, $0.after as String?) } ?? (rest, nil)
      guard kind.outcomes.contains(name) else {
        if let near = Spelling.nearest(to: name, among: kind.outcomes) { meant.insert(near) }
        reader.report(
          "E309", child.line, "“\(kind.words)” has no outcome “\(name)”",
          fix: Spelling.offer(name, among: kind.outcomes, else: "use one of its outcomes"))
        continue
      }
      outcomes.append(
        Outcome(name: name, target: target.map { reader.step($0, line: child.line) }))
    }
    for name in kind.outcomes
    where !meant.contains(name) && !outcomes.contains(where: { $0.name == name }) {
      reader.report(
        "E310", node.line, "the outcome “\(name)” of “\(kind.words)” is not handled",
        fix: "add a line “- \(name) -> step” under it")
    }
    return outcomes
  }

  var exits: [Exit] { outcomes.map { .to($0.target) } }

  func check(_ checker: inout ProgramChecker) {
    checker.check(argument, line: line)
  }

  func run(_ run: inout TurnRun) -> Flow {
    var words = ""
    argument.render(into: &words, values: run, labels: false)
    return .act(
      ActionRequest(
        action: kind.words, argument: words, conversation: run.session.conversation,
        subject: subject))
  }
}
