import Messaging

extension TurnRun {
  /// Enters the conversation that a `run` names, and remembers where to return.
  ///
  /// One that is not for this person says so and is passed by.
  mutating func enter(_ id: String) -> Flow {
    let pinned = program.runs[id].flatMap { library.program(hash: $0) }
    guard let sub = pinned ?? library.program(id), session.callers.count < Session.depthLimit else {
      giveUp("The conversation “\(id)” cannot be run.")
      return .wait
    }
    if let gate = sub.gate, !gate.condition.holds(in: self) {
      beginWords()
      gate.otherwise.render(
        into: &words, language: sub.languageIndex(language), channel: context.channel,
        values: self)
      return .next
    }
    session.callers.append(
      Session.Frame(
        conversation: session.conversation, hash: session.hash, step: session.step,
        stepName: session.stepName, statement: session.statement, values: session.values,
        history: session.history))
    session.conversation = sub.id
    session.hash = sub.hash
    session.values = []
    session.history = []
    session.pollQuestion = 0
    program = sub
    if sub.asksPoll { choosePoll() }
    return .step(0)
  }

  /// Returns to the conversation that ran this one; false when none did.
  mutating func returnToCaller() -> Bool {
    guard let frame = session.callers.popLast() else { return false }
    let ran = session.conversation
    session.conversation = frame.conversation
    session.hash = frame.hash
    session.step = frame.step
    session.stepName = frame.stepName
    session.statement = frame.statement
    session.values = frame.values
    session.history = frame.history
    session.pollQuestion = 0
    take(up: session)
    lane.mustAskAgain = false
    goPast { ($0 as? RunConversation)?.conversation == ran }
    return true
  }
}
