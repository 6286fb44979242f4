/// An action with its outcomes: the gateway does it in the turn's transaction.
///
/// ```text
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
  let subject: Template
  let place: Template
  let argument: Template
  let outcomes: [Outcome]

  /// Where one outcome leads; nil for the statement below.
  struct Outcome: Sendable {
    let line: Int
    let name: String
    let target: Int?
  }

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let kind = ActionKind.kind(of: node.text) else { return nil }
    nodes.removeFirst()
    let rest = String(node.text.dropFirst(kind.words.count))
    var (subject, words) = rest.cut(at: ":") ?? (rest, "")
    if !rest.contains(":") || !kind.subject.allows(subject) || !kind.argument.allows(words) {
      reader.report(
        "E308", node.line, "this action cannot be read", fix: "write “\(kind.form)”")
      (subject, words) = ("", "")
    }
    let (head, place) =
      kind.takesPlace
      ? subject.cutAtLast(" at ").map { ($0.before, $0.after) } ?? (subject, "")
      : (subject, "")
    return Act(
      line: node.line, kind: kind, subject: reader.template(head, line: node.line),
      place: reader.template(place, line: node.line),
      argument: reader.template(words, line: node.line),
      outcomes: outcomes(of: kind, node, &reader))
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
      guard kind.outcome(named: name) != nil else {
        if let near = Spelling.nearest(to: name, among: kind.outcomeNames) { meant.insert(near) }
        reader.report(
          "E309", child.line, "“\(kind.words)” has no outcome “\(name)”",
          fix: Spelling.offer(name, among: kind.outcomeNames, else: "use one of its outcomes"))
        continue
      }
      outcomes.append(
        Outcome(
          line: child.line, name: name, target: target.map { reader.step($0, line: child.line) }))
    }
    for name in kind.outcomeNames
    where !meant.contains(name) && !outcomes.contains(where: { $0.name == name }) {
      reader.report(
        "E310", node.line, "the outcome “\(name)” of “\(kind.words)” is not handled",
        fix: "add a line “- \(name) -> step” under it")
    }
    return outcomes
  }

  var exits: [Exit] {
    outcomes.map { outcome in
      .to(
        outcome.target, learns: Set(kind.outcome(named: outcome.name)?.gives.map(\.name) ?? []))
    }
  }

  func check(_ checker: inout ProgramChecker) {
    checker.check(subject, line: line)
    checker.check(place, line: line)
    checker.check(argument, line: line)
  }

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [] }

  func explore(_ visit: inout StateVisit) {
    for outcome in outcomes {
      var values = visit.values
      let kind = kind.outcome(named: outcome.name)
      for gift in (kind?.gives ?? []) + (kind?.mayGive ?? []) {
        values.set(gift.name, to: .unread)
      }
      visit.go(.to(outcome.target), values)
    }
  }

  func run(_ run: inout TurnRun) -> Flow {
    let request = ActionRequest(
      action: kind.words, argument: run.written(argument),
      conversation: run.session.conversation, subject: run.written(subject),
      place: run.written(place))
    return .act(run.decided(request))
  }
}
