import Messaging

extension TurnRun {
  /// Does what a word of the gateway's own asks for.
  mutating func obey(_ word: EngineWord) {
    purpose = .notice
    switch word {
    case .stop: stop()
    case .start:
      effects.append(.optIn)
      say(.started)
      askAgain()
    case .help:
      say(.help)
      askAgain()
    case .person: handToPerson()
    case .more: sayMore()
    case .back: goBack()
    case .skip: skip()
    case .lang: offerLanguages()
    }
  }

  private mutating func stop() {
    effects.append(.optOut)
    endEngagement()
    guard context.mayConfirmStop else { return }
    purpose = .stopConfirmation
    say(.stopped)
  }

  /// Ends every session that an opt-out ends; one that goes on is asked about again later.
  mutating func endEngagement() {
    func ends(_ session: Session) -> Bool {
      switch library.program(hash: session.callers.first?.hash ?? session.hash)?.messageClass {
      case .safety, .service: false
      case .engagement, .promotional, nil: true
      }
    }
    lane.more = ""
    lane.pending = nil
    lane.aside.removeAll(where: ends)
    lane.asleep.removeAll(where: ends)
    guard isOpen, ends(session) else { return }
    isOpen = false
    guard let next = lane.aside.popLast() else { return wakeDueSoon() }
    take(up: next)
    lane.mustAskAgain = true
  }

  private mutating func handToPerson() {
    handOver(
      to: isOpen && !program.owner.isEmpty ? program.owner : library.defaultTeam,
      note: "Asked for a person.")
    isOpen = false
  }

  private mutating func sayMore() {
    guard !lane.more.isEmpty else { return say(.nothingMore) }
    purpose = .progress
    words = lane.more
    lane.more = ""
  }

  private mutating func goBack() {
    guard isOpen, let place = session.history.popLast() else {
      say(.nothingToGoBackTo)
      return askAgain()
    }
    session.closeQuestion()
    session.step = place.step
    session.stepName =
      program.steps.indices.contains(place.step)
      ? program.steps[place.step].name : ""
    session.statement = place.statement
    session.pollQuestion = place.part
    advance()
  }

  private mutating func skip() {
    guard let ask = openAsk else { return say(.nothingToSkip) }
    purpose = .progress
    if program.statement(step: session.step, at: session.statement) is AskEach {
      session.pollQuestion += 1
      move(.stay)
    } else {
      move(.step(ask.silence.target))
    }
    advance()
    if !hasSaid { say(.skipped) }
  }

  private mutating func offerLanguages() {
    add(.languageList)
    let choices = library.texts.languages.map {
      OutboundMessage.Choice(id: $0.code, label: $0.name)
    }
    offer(choices, longestLabel: choices.lazy.map(\.label.count).max() ?? 0, asking: nil)
    lane.pending = .language
  }

  /// Speaks to the person in that language from now on.
  mutating func speak(_ code: String) {
    lane.chosenLanguage = code
    purpose = .notice
    say(.languageSet)
    askAgain()
  }
}
