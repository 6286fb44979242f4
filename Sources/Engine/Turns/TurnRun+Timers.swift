import Messaging

extension TurnRun {
  /// A timer of a question came due; one of a question that is no longer open does nothing.
  mutating func fire(_ kind: TimerKind, question: Int) {
    if kind == .wait { return wake(question) }
    guard isOpen, session.question == question, question > 0 else { return }
    if context.isOptedOut, program.messageClass != .safety {
      if kind != .remind { isOpen = false }
      return
    }
    guard let ask = openAsk else {
      if kind != .remind { advance() }
      return
    }
    switch kind {
    case .remind:
      guard let reminder = ask.reminder, !session.isSilent, !session.isReminded else { return }
      session.isReminded = true
      speak(ask, reminder.wording, timers: [])
    case .noAnswer:
      guard !session.isSilent else { return }
      silentSession = session
      move(.step(ask.silence.target))
      advance()
    case .forget:
      silentSession = nil
      session.callers = []
      if endSession() { advance() }
    case .wait: return
    }
  }
}
