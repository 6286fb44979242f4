import Messaging

extension TurnRun {
  /// The poll that the session asks about, open or closed; nil when there is none.
  var poll: PreparedPoll? {
    session.poll.isEmpty ? nil : context.polls.first { $0.poll.id == session.poll }
  }

  /// The same while answers still count.
  private var openPoll: PreparedPoll? {
    poll.flatMap { $0.isOpen(at: context.now) ? $0 : nil }
  }

  /// Settles on the most urgent open poll of the conversation where none was named at the start.
  mutating func choosePoll() {
    guard session.poll.isEmpty else { return }
    let id = session.conversation
    let open = context.polls.first { $0.poll.conversation == id && $0.isOpen(at: context.now) }
    session.poll = open?.poll.id ?? ""
  }

  /// The poll's question that the session is at; nil when the poll is closed or has no more.
  func pollAsk(_ each: AskEach) -> Ask? {
    openPoll?.ask(session.pollQuestion, each, languages: program.languages)
  }

  /// Asks the poll's next question, or goes on after the last.
  mutating func askPoll(_ each: AskEach) -> Flow {
    guard let poll = openPoll else { return .step(each.noPoll) }
    guard let ask = poll.ask(session.pollQuestion, each, languages: program.languages) else {
      return .next
    }
    if let first = each.first, session.pollQuestion == 0, session.question == 0, rest.isEmpty {
      beginWords()
      add(first)
    }
    return self.ask(ask)
  }

  /// What follows an answer to the statement that the session is at.
  func flow(after ask: Ask, _ answer: Reading.Answer) -> Flow {
    let statement = program.statement(step: session.step, at: session.statement)
    return statement is AskEach ? .stay : .to(ask.target(of: answer))
  }

  /// Remembers the poll's question that was just answered and goes to the next.
  mutating func passPollQuestion() {
    guard program.statement(step: session.step, at: session.statement) is AskEach else { return }
    lane.voted = VotedQuestion(
      poll: session.poll, question: session.pollQuestion, conversation: session.conversation,
      hash: session.hash, step: session.step, stepName: session.stepName,
      statement: session.statement)
    session.pollQuestion += 1
  }

  /// Whether the session asks a poll that has closed meanwhile.
  var asksClosedPoll: Bool {
    guard isOpen, openPoll == nil else { return false }
    return program.statement(step: session.step, at: session.statement) is AskEach
  }

  /// Says that what was asked about has closed, and ends the session.
  mutating func sayClosed() {
    effects.append(.staffInbox(.closedPoll))
    purpose = .notice
    say(.closed)
    guard asksClosedPoll else { return }
    if endSession() { advance() }
  }

  /// The value of that name that a poll gives; nil for other names.
  func pollValue(named name: String) -> String? {
    guard name.hasPrefix("poll ") else { return nil }
    if name == "poll answer" { return lastPollAnswer.map { $0.value } }
    if name == "poll privacy" { return poll?.poll.privacy.rawValue }
    return poll?.value(named: name, language: language)
  }

  /// The same as it is said to the person.
  func spokenPollValue(named name: String) -> String? {
    guard name == "poll answer" else { return pollValue(named: name) }
    guard let (value, question) = lastPollAnswer else { return nil }
    return poll?.spoken(value, question: question, language: language) ?? value
  }

  /// The answer that was given last in the session's poll, and to which of its questions.
  private var lastPollAnswer: (value: String, question: Int)? {
    guard let voted = lane.voted, voted.poll == session.poll, let poll,
      poll.poll.questions.indices.contains(voted.question),
      let value = session.value(named: poll.poll.questions[voted.question].name)
    else { return nil }
    return (value, voted.question)
  }
}

extension TurnRun {
  /// Takes a bare choice from someone who answered a poll and has no question open.
  ///
  /// Until the poll closes it changes their last answer. False when it is none.
  mutating func changeMind(_ text: String, choice: String?) -> Bool {
    guard !isOpen, let voted = lane.voted, let poll = pollAnswered(voted),
      let program = library.program(hash: voted.hash) ?? library.program(voted.conversation),
      let step = program.stepNames.firstIndex(of: voted.stepName),
      let each = program.steps[step].statements.lazy.compactMap({ $0 as? AskEach }).first,
      let ask = poll.ask(voted.question, each, languages: program.languages),
      !ask.choices.isEmpty,
      let answer = sureAnswer(text, choice: choice, to: ask)
    else { return false }
    guard poll.isOpen(at: context.now) else {
      sayClosed()
      return true
    }
    start(program, step: voted.stepName)
    session.hasSpoken = true
    session.poll = voted.poll
    session.pollQuestion = voted.question
    goTo { $0 is AskEach }
    move(keep(answer, to: ask, raw: text))
    session.pollQuestion = poll.poll.questions.count
    session.history = []
    purpose = .progress
    advance()
    return true
  }

  private func pollAnswered(_ voted: VotedQuestion) -> PreparedPoll? {
    context.polls.first { $0.poll.id == voted.poll }
  }

  /// The answer that a reply is without doubt: a button, a number, an id, a label or a synonym.
  private func sureAnswer(_ text: String, choice: String?, to ask: Ask) -> Reading.Answer? {
    let reading = Matcher.read(
      text, choice: choice, question: ask.matcher, ownKeywords: nil, on: today, sureOnly: true,
      keywords: library.keywords, vocabulary: library.vocabulary,
      fitsFirstQuestion: { _, _ in false })
    guard case .answer(let answer) = reading else { return nil }
    return answer
  }

  /// Goes to the first such statement of the step.
  private mutating func goTo(_ isSuch: (any Statement) -> Bool) {
    session.statement = program.steps[session.step].statements.firstIndex(where: isSuch) ?? 0
  }
}
