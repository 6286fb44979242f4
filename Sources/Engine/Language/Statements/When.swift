/// `when … -> step` branches; `otherwise -> step` is required after the last one.
///
/// ```text
/// conversation: High or low
/// owner: Front Desk
/// purpose: Show how a conversation branches.
/// start when they text: FLOOR
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 2 days
///
/// step floor
///   ask floor number (number 0 to 40):
///     Which floor do you live on?
///     not understood 2 times -> low
///     no answer after 1 day -> low
///   when floor number is at least 7 -> high
///   when floor number is 0 -> ground
///   otherwise -> low
///
/// step high
///   say: That is high up: floor {floor number}.
///   end
///
/// step ground
///   say: That is the ground floor.
///   end
///
/// step low
///   say: That is low down.
///   end
///
/// example high up
///   resident: FLOOR
///   bot: Which floor do you live on?
///   resident: 12
///   bot: That is high up: floor 12.
/// ```
struct When: Statement {
  let line: Int
  let branches: [Branch]
  let otherwise: Int

  /// One `when` line.
  struct Branch: Sendable {
    let line: Int
    let condition: Condition
    let target: Int
  }

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let first = nodes.first, first.text.hasPrefix("when ") else {
      return readOrphan(&nodes, &reader)
    }
    var branches: [Branch] = []
    while let node = nodes.first, let rest = node.text.after("when ") {
      nodes.removeFirst()
      reader.refuseChildren(of: node)
      guard let (test, target) = rest.cutAtLast("->") else {
        reader.report(
          "E302", node.line, "this “when” leads nowhere", fix: "end the line with “-> ” and a step")
        continue
      }
      let condition = reader.condition(test, line: node.line)
      branches.append(
        Branch(
          line: node.line, condition: condition, target: reader.step(target, line: node.line)))
    }
    guard let node = nodes.first, let target = node.text.after("otherwise ->") else {
      reader.report(
        "E303", first.line, "a “when” has no “otherwise”",
        fix: "add a line “otherwise -> ” and a step after the last “when”")
      return When(line: first.line, branches: branches, otherwise: 0)
    }
    nodes.removeFirst()
    reader.refuseChildren(of: node)
    return When(
      line: first.line, branches: branches, otherwise: reader.step(target, line: node.line))
  }

  private static func readOrphan(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let target = node.text.after("otherwise ->") else { return nil }
    nodes.removeFirst()
    reader.report(
      "E304", node.line, "an “otherwise” has no “when” above it",
      fix: "write “-> ” and the step to always go there")
    return Go(line: node.line, target: reader.step(target, line: node.line))
  }

  var exits: [Exit] {
    branches.map { .to($0.target, learns: $0.condition.knownWhenTrue) } + [.to(otherwise)]
  }

  func check(_ checker: inout ProgramChecker) {
    for branch in branches { checker.check(branch.condition, line: branch.line) }
  }

  var conditions: [Condition] { branches.map(\.condition) }

  var wordings: [Wording] { [] }

  func explore(_ visit: inout StateVisit) {
    for values in visit.cases(of: conditions) {
      let branch = branches.first { $0.condition.holds(in: values) }
      visit.go(.step(branch?.target ?? otherwise), values)
    }
  }

  func run(_ run: inout TurnRun) -> Flow {
    for branch in branches where branch.condition.holds(in: run) {
      return .step(branch.target)
    }
    return .step(otherwise)
  }
}
