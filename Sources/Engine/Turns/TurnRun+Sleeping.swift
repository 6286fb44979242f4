import Messaging

extension TurnRun {
  /// Lets the session wait for a time, with a timer of its own.
  mutating func sleep(until instant: Instant) -> Flow {
    lane.questionCount += 1
    session.closeQuestion()
    session.question = lane.questionCount
    session.askedAt = context.now
    session.wakesAt = instant
    effects.append(.startTimer(.wait, question: session.question, due: instant))
    return .sleep
  }

  /// Puts the session that waits for a time away; whether another one goes on meanwhile.
  mutating func putToSleep() -> Bool {
    keepRest()
    flush()
    silentSession = nil
    if lane.asleep.count == Lane.asleepLimit { lane.asleep.removeFirst() }
    lane.asleep.append(session)
    isOpen = false
    return takeUpNext()
  }

  /// The time that a session waited for has come: it goes on, or as soon as nothing else is open.
  mutating func wake(_ question: Int) {
    guard let index = lane.asleep.firstIndex(where: { $0.question == question }) else { return }
    if context.isOptedOut, !isSafety(lane.asleep[index]) {
      lane.asleep.remove(at: index)
      return
    }
    lane.asleep[index].wakesAt = context.now
    guard !isOpen || session.isSilent, lane.handedOverTo == nil else { return }
    isOpen = false
    if takeUpNext() { advance() }
  }

  /// Takes up the session that was set aside last, or one that waited for a time which has come;
  /// false when there is none, or a person of staff has taken over.
  mutating func takeUpNext() -> Bool {
    guard lane.handedOverTo == nil, let next = popNext() else { return false }
    let isNew = next.question == 0 || next.wakesAt != nil
    if isNew { flush() }
    take(up: next)
    lane.mustAskAgain = false
    if isNew {
      purpose = .unprompted
    } else {
      say(.questionAgain)
    }
    return true
  }

  /// Fires the timer of a session whose time has come again, where nothing else would take it up.
  mutating func wakeDueSoon() {
    guard let due = lane.asleep.first(where: isDue) else { return }
    effects.append(.startTimer(.wait, question: due.question, due: context.now))
  }

  private func isDue(_ session: Session) -> Bool {
    session.wakesAt.map { $0 <= context.now } ?? true
  }

  /// Takes the session to go on next out of the lane.
  mutating func popNext() -> Session? {
    if let next = lane.aside.popLast() { return next }
    return lane.asleep.firstIndex(where: isDue).map { lane.asleep.remove(at: $0) }
  }

  /// Goes past the `wait` that a session taken up had waited at.
  mutating func wakeUp() {
    guard session.wakesAt != nil else { return }
    goPast { $0 is Wait }
  }

  /// Goes past the statement that the session is at, if it is such a one; in another version of the
  /// conversation past the first such one of the step.
  mutating func goPast(_ isSuch: (any Statement) -> Bool) {
    session.closeQuestion()
    if let here = program.statement(step: session.step, at: session.statement), isSuch(here) {
      session.statement += 1
    } else if program.steps.indices.contains(session.step),
      let index = program.steps[session.step].statements.firstIndex(where: isSuch)
    {
      session.statement = index + 1
    }
  }
}
