/// Something that a turn came by.
enum Passage: Hashable, Sendable {
  /// A statement of that step ran.
  case step(String, step: Int)
  /// The choice on that line was taken.
  case choice(String, line: Int)
  /// The outcome on that line came out.
  case outcome(String, line: Int)
}

/// Which steps, choices and outcomes of conversations their examples come by.
enum Coverage {
  /// What no example comes by.
  ///
  /// Of a step that no example visits nothing more is said. The choices of a list that several
  /// questions name are visited when one of these takes them.
  static func findings(in library: Library, trail: Set<Passage>) -> [Diagnostic] {
    library.conversationIDs.compactMap { library.program($0) }.flatMap { program in
      program.steps.enumerated().flatMap { index, step in
        findings(step, index, in: program, trail)
      }
    }
  }

  private static func findings(
    _ step: Program.Step, _ index: Int, in program: Program, _ trail: Set<Passage>
  ) -> [Diagnostic] {
    func finding(_ code: String, _ line: Int, _ problem: String, _ fix: String) -> Diagnostic {
      Diagnostic(code: code, file: program.file, line: line, problem: problem, fix: fix)
    }
    guard trail.contains(.step(program.id, step: index)) else {
      return [
        finding(
          "W709", step.line, "no example comes to the step “\(step.name)”",
          "add an example that goes there")
      ]
    }
    var findings: [Diagnostic] = []
    for statement in step.statements {
      for choice in (statement as? Ask)?.choices ?? []
      where !trail.contains(.choice(program.id, line: choice.line)) {
        let found = finding(
          "W710", choice.line, "no example takes the choice “\(choice.id)”",
          "add an example in which the resident answers that")
        if !findings.contains(found) { findings.append(found) }
      }
      guard let act = statement as? Act else { continue }
      for outcome in act.outcomes
      where !trail.contains(.outcome(program.id, line: outcome.line)) {
        findings.append(
          finding(
            "W711", outcome.line,
            "in no example does “\(act.kind.words)” come out as “\(outcome.name)”",
            "add an example with “pretend: \(act.kind.words) is \(outcome.name)”"))
      }
    }
    return findings
  }
}
