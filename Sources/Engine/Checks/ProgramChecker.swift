import Messaging

/// What is checked of one conversation once all of it could be read.
struct ProgramChecker {
  let program: Program
  private(set) var findings: [Diagnostic] = []
  /// The questions of the conversation, by name.
  private let questions: [String: Ask]
  /// The names that `set` gives values to; true for numbers, which start at 0.
  private let variables: [String: Bool]
  /// What has a value wherever the statement that is being checked is reached.
  private var known: Set<String> = []

  /// All findings about a conversation.
  static func findings(in program: Program) -> [Diagnostic] {
    var checker = ProgramChecker(program)
    let graph = ProgramGraph(program)
    checker.checkWays(graph)
    checker.checkForgetting()
    checker.checkStatements(graph)
    if let gate = program.gate {
      checker.known = []
      checker.check(gate.condition, line: gate.line)
      checker.check(gate.otherwise)
    }
    return checker.findings
  }

  private init(_ program: Program) {
    self.program = program
    var questions: [String: Ask] = [:]
    var variables: [String: Bool] = [:]
    for statement in program.steps.flatMap(\.statements) {
      if let ask = statement as? Ask { questions[ask.name] = ask }
      guard let set = statement as? SetValue else { continue }
      let isNumber = if case .sum = set.value { true } else { false }
      variables[set.name] = (variables[set.name] ?? true) && isNumber
    }
    for fillIn in program.fillIns { variables[fillIn.name] = variables[fillIn.name] ?? false }
    self.questions = questions
    self.variables = variables
  }

  /// Notes a finding.
  mutating func report(_ code: String, _ line: Int, _ problem: String, fix: String) {
    findings.append(
      Diagnostic(code: code, file: program.file, line: line, problem: problem, fix: fix))
  }

  private mutating func checkWays(_ graph: ProgramGraph) {
    for (index, step) in program.steps.enumerated() {
      if graph.fallsOff(step: index) {
        report(
          "E401", step.statements.last?.line ?? step.line,
          "the step “\(step.name)” neither goes on nor ends here",
          fix: "add a line “-> step” or “end”")
      }
      if !graph.isReached(step: index) {
        report(
          "E402", step.line, "nothing leads to the step “\(step.name)”",
          fix: "add “-> \(step.name)” where it should follow, or delete it")
      }
    }
    let loops = graph.loopsWithoutQuestion()
    for line in graph.loopsOfSilence() where !loops.contains(line) {
      report(
        "E413", line, "this asks again and again for as long as nobody answers",
        fix: "let “no answer” lead to a step that ends, and use “remind” to ask once more")
    }
    for line in loops {
      report(
        "E403", line, "this goes round without asking anything",
        fix: "put an “ask” into the loop, or let it lead elsewhere")
    }
  }

  private mutating func checkForgetting() {
    let silences = program.steps.flatMap(\.statements).compactMap { statement in
      let silence = (statement as? Ask)?.silence ?? (statement as? AskEach)?.silence
      return silence.map { (line: statement.line, after: $0.after) }
    }
    guard let longest = silences.max(by: { $0.after < $1.after }),
      let forget = program.forgetAfter, longest.after >= forget
    else { return }
    report(
      "E411", longest.line, "“forget after” is not later than this question's “no answer”",
      fix: "make “forget after:” longer than the longest “no answer after”")
  }

  private mutating func checkStatements(_ graph: ProgramGraph) {
    for (stepIndex, step) in program.steps.enumerated() {
      for (index, statement) in step.statements.enumerated() {
        guard let known = graph.known(step: stepIndex, at: index) else {
          if index > 0, graph.isReached(step: stepIndex) {
            report(
              "E404", statement.line, "nothing leads to this line",
              fix: "delete it, or move it above the line that goes elsewhere")
            break
          }
          continue
        }
        self.known = known
        statement.check(&self)
      }
    }
  }

  /// Reports a reminder that would come too late.
  mutating func checkTimes(_ reminder: Ask.Reminder?, _ silence: Ask.Silence, line: Int) {
    guard let reminder, reminder.after >= silence.after else { return }
    report(
      "E412", line, "the reminder is not before “no answer”",
      fix: "remind earlier, or wait longer for an answer")
  }

  /// Whether something is said above that line in the same step.
  func saysSomethingBefore(_ line: Int) -> Bool {
    program.steps.contains { step in
      step.line < line && step.statements.contains { $0.line == line }
        && step.statements.contains { $0 is Say && $0.line < line }
    }
  }
}

extension ProgramChecker {
  /// Checks the names in every variant of some wording.
  mutating func check(_ wording: Wording) {
    for variant in wording.variants { check(variant.template, line: variant.line) }
  }

  /// Checks the names in some wording.
  mutating func check(_ template: Template, line: Int) {
    for segment in template.segments {
      if let condition = segment.condition { check(condition, line: line) }
      let learnt = segment.condition?.knownWhenTrue ?? []
      for case .value(let name, let fallback) in segment.pieces {
        guard checkName(name, line: line), fallback == nil else { continue }
        guard !isKnown(name), !learnt.contains(name) else { continue }
        report(
          "E407", line, "{\(name)} may not be known here",
          fix: "say what stands there then: {\(name) or \"words\"}")
      }
    }
  }

  /// Checks the names in a condition, and that answers are compared with answers that exist.
  mutating func check(_ condition: Condition, line: Int) {
    for comparison in condition.comparisons where checkName(comparison.name, line: line) {
      guard let ask = questions[comparison.name] else { continue }
      switch comparison.test {
      case .isOne(let words), .isNot(let words), .includes(let words):
        let ids = ask.type.ids
        guard !ids.isEmpty else { continue }
        for word in words where !ids.contains(word) {
          report(
            "E408", line, "“\(comparison.name)” has no answer “\(word)”",
            fix: Spelling.offer(word, among: ids, else: "use one of its answers"))
        }
      case .known, .unknown, .atLeast, .atMost: continue
      }
    }
  }

  /// Reports a name that nothing gives a value to; true when the name is good.
  @discardableResult
  mutating func checkName(_ name: String, line: Int) -> Bool {
    if questions[name] != nil || variables[name] != nil || ValueName.all.contains(name) {
      return true
    }
    report(
      "E409", line, "nothing gives “\(name)” a value",
      fix: Spelling.nearest(
        to: name, among: Array(questions.keys).sorted() + variables.keys.sorted() + ValueName.all
      ).map { "did you mean “\($0)”?" } ?? "ask for it, set it, or use another name")
    return false
  }

  /// Reports a name whose value is copied where it may have none.
  mutating func checkCopied(_ name: String, line: Int) {
    guard questions[name] != nil || variables[name] != nil || ValueName.all.contains(name),
      !isKnown(name)
    else { return }
    report(
      "E407", line, "“\(name)” may not be known here",
      fix: "branch with “when \(name) is known” first, or put the word in another form")
  }

  private func isKnown(_ name: String) -> Bool {
    known.contains(name) || variables[name] == true || ValueName.alwaysKnown.contains(name)
  }
}
