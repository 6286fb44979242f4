import Messaging

extension Library {
  /// One turn: what an event does to a lane.
  ///
  /// A message always has at least one effect that a person can notice: nothing that comes in is
  /// dropped. A stale timer has none.
  public func turn(_ lane: Lane, _ event: LaneEvent, _ context: TurnContext) -> Turn {
    var run = TurnRun(library: self, lane: lane, context: context)
    run.take(event)
    return run.finished()
  }

  /// The same turn, which notes where it comes by.
  func followedTurn(_ lane: Lane, _ event: LaneEvent, _ context: TurnContext) -> TurnRun {
    var run = TurnRun(library: self, lane: lane, context: context)
    run.trail = []
    run.take(event)
    return run
  }

  /// The same turn, with which rule of the language page decided what the reply meant; nil for an
  /// event that is no message.
  ///
  /// For trying a conversation out: the gateway's own turns explain nothing and pay nothing for it.
  public func explainedTurn(
    _ lane: Lane, _ event: LaneEvent, _ context: TurnContext
  ) -> (turn: Turn, explanation: Explanation?) {
    var run = TurnRun(library: self, lane: lane, context: context)
    run.explains = true
    run.take(event)
    return (run.finished(), run.explanation)
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

extension TurnRun {
  /// Does what follows from the event.
  fileprivate mutating func take(_ event: LaneEvent) {
    switch event {
    case .message(let text, let choice):
      isReply = true
      receive(text, choice: choice)
    case .timer(let kind, let question):
      purpose = .unprompted
      fire(kind, question: question)
    case .start(let conversation, let step, let values, let poll):
      purpose = .unprompted
      startByStaff(conversation, step: step, values: values, poll: poll)
    case .optOut:
      effects.append(.optOut)
      endEngagement()
    case .optIn:
      effects.append(.optIn)
    case .caseClosed:
      purpose = .unprompted
      closeCase()
    }
  }
}
