import Messaging

extension Library {
  /// One turn: what an event does to a lane.
  ///
  /// A message always has at least one effect that a person can notice: nothing that comes in is
  /// dropped. A stale timer has none.
  public func turn(_ lane: Lane, _ event: LaneEvent, _ context: TurnContext) -> Turn {
    var run = TurnRun(library: self, lane: lane, context: context)
    take(event, &run)
    return run.finished()
  }

  /// The same turn, which notes where it comes by.
  func followedTurn(_ lane: Lane, _ event: LaneEvent, _ context: TurnContext) -> TurnRun {
    var run = TurnRun(library: self, lane: lane, context: context)
    run.trail = []
    take(event, &run)
    return run
  }

  private func take(_ event: LaneEvent, _ run: inout TurnRun) {
    switch event {
    case .message(let text, let choice):
      run.isReply = true
      run.receive(text, choice: choice)
    case .timer(let kind, let question):
      run.purpose = .unprompted
      run.fire(kind, question: question)
    case .start(let conversation, let step, let values, let poll):
      run.purpose = .unprompted
      run.startByStaff(conversation, step: step, values: values, poll: poll)
    case .optOut:
      run.effects.append(.optOut)
      run.endEngagement()
    case .optIn:
      run.effects.append(.optIn)
    case .caseClosed:
      run.purpose = .unprompted
      run.closeCase()
    }
  }

  /// Goes on with a turn whose action has come out as `outcome`.
  ///
  /// `values` are what the action gives, by the names of the language page. An outcome that the
  /// action does not have hands over to the conversation's team.
  public func resume(
    _ suspended: Suspended, outcome: String, values: [String: String] = [:],
    _ context: TurnContext
  ) -> Turn {
    var run = resumed(suspended.run, outcome: outcome, values: values, context)
    return run.finished()
  }

  /// The turn with its action come out, before it is finished.
  func resumed(
    _ suspended: TurnRun, outcome: String, values: [String: String], _ context: TurnContext
  ) -> TurnRun {
    var run = suspended
    run.context = context
    let suspendedRequest = run.request
    run.request = nil
    let statement = run.program.statement(step: run.session.step, at: run.session.statement)
    guard let act = statement as? Act,
      let chosen = act.outcomes.first(where: { $0.name == outcome })
    else {
      run.giveUp("The action’s outcome “\(outcome)” is not known.")
      return run
    }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      run.session.set(name, to: value)
    }
    if outcome == "set", let suspendedRequest, act.kind.words == ActionKind.setLanguage.words {
      run.lane.chosenLanguage = suspendedRequest.subject.lowercased()
    }
    run.trail?.insert(.outcome(run.session.conversation, line: chosen.line))
    run.move(.to(chosen.target))
    run.advance()
    return run
  }
}
