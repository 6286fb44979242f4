import Messaging

extension TurnRun {
  /// The question that the session waits at; nil when it waits at none.
  var openAsk: Ask? {
    guard isOpen else { return nil }
    let statement = program.statement(step: session.step, at: session.statement)
    if let each = statement as? AskEach { return pollAsk(each) }
    return statement as? Ask
  }

  /// The open question as far as a reply may be matched to it now.
  private var askedQuestion: Ask? {
    guard !lane.mustAskAgain, session.question > 0, context.question != .refused else { return nil }
    return openAsk
  }

  /// Takes a message from the person.
  mutating func receive(_ text: String, choice: String?) {
    if let pending = lane.pending {
      lane.pending = nil
      if isFresh, resolve(pending, text, choice: choice) {
        return explain(.ofOwnQuestion)
      }
    }
    if choice == nil, text.allSatisfy(\.isWhitespace) {
      explain(.ofNothing)
      return receiveNothing()
    }
    let ask = askedQuestion
    if ask == nil, lane.handedOverTo == nil, changeMind(text, choice: choice) {
      return explain(.ofChangedAnswer)
    }
    let reading = reading(of: text, choice: choice, question: ask.map { matcher(of: $0) })
    if explains { explain(reading, of: text, choice: choice, to: ask) }
    if lane.handedOverTo != nil, ask == nil, belongsToStaff(reading) {
      effects.append(.staffInbox(.handedOver))
      guard case .keyword(let keyword, "") = reading, isAlwaysAnswered(keyword) else { return }
    }
    switch reading {
    case .engineWord(let word): obey(word)
    case .nearOptOut: answerNearOptOut()
    case .danger: answerDanger()
    case .answer(let answer):
      if let ask { take(answer, to: ask, raw: text) }
    case .keyword(let keyword, let rest): begin(keyword, rest: rest)
    case .keywordOrAnswer(let keyword):
      notice(.keywordOrAnswer, keyword: keyword.words)
      lane.pending = .keywordOrAnswer(keyword, words: text.clipped)
    case .nearKeyword(let keyword):
      notice(.didYouMean, keyword: keyword.words)
      lane.pending = .nearKeyword(keyword)
    case .notUnderstood, .nothing: receiveUnmatched(ask)
    }
  }

  /// Whether what the gateway itself asked was asked within a day.
  private var isFresh: Bool {
    lane.lastSent.map { context.now - $0 <= .days(1) } ?? false
  }

  /// What the words mean, by the order of the language page.
  func reading(of text: String, choice: String?, question: QuestionMatcher?) -> Reading {
    Matcher.read(
      text, choice: choice, question: question,
      ownKeywords: isOpen ? session.conversation : nil, on: today,
      sureOnly: context.question == .unknown,
      keywords: library.keywords, vocabulary: library.vocabulary,
      fitsFirstQuestion: { keyword, rest in
        library.firstQuestion(after: keyword)?.matcher
          .answer(to: FoldedReply(rest), on: today, sureOnly: false) != nil
      })
  }

  /// Whether a message of this meaning goes to the case while a person of staff has taken over.
  func belongsToStaff(_ reading: Reading) -> Bool {
    switch reading {
    case .danger: false
    case .engineWord(let word): word == .person || word == .back || word == .skip
    case .nearOptOut, .answer, .keyword, .keywordOrAnswer, .nearKeyword, .notUnderstood, .nothing:
      true
    }
  }

  /// Whether a keyword is answered also while staff have taken over.
  ///
  /// What to do in a fire is never met with silence. A keyword that leads to a question is, since
  /// what follows it is meant for staff.
  private func isAlwaysAnswered(_ keyword: Keyword) -> Bool {
    library.program(keyword.conversation)?.messageClass == .safety
      && library.firstQuestion(after: keyword) == nil
  }

  /// Says something of the gateway's own that moves nothing forward.
  mutating func notice(_ name: EngineText, keyword: String = "") {
    purpose = .notice
    say(name, keyword: keyword)
  }

  private mutating func take(_ answer: Reading.Answer, to ask: Ask, raw: String) {
    if context.question == .unknown { effects.append(.questionArrived) }
    move(keep(answer, to: ask, raw: raw))
    advance()
  }

  /// A message without words, such as a photo.
  private mutating func receiveNothing() {
    guard lane.handedOverTo == nil else {
      effects.append(.staffInbox(.handedOver))
      return
    }
    effects.append(.staffInbox(.unmatched))
    notice(.noWords)
  }

  /// A message that answers nothing and begins nothing.
  private mutating func receiveUnmatched(_ ask: Ask?) {
    if lane.handedOverTo != nil {
      effects.append(.staffInbox(.handedOver))
    } else if let ask, context.question == .arrived, !session.isSilent {
      retry(ask)
    } else if asksClosedPoll {
      sayClosed()
    } else if isOpen, !session.isSilent {
      effects.append(.staffInbox(.unmatched))
      purpose = .retry
      askAgain(after: .questionAgain)
    } else {
      effects.append(.staffInbox(.unmatched))
      purpose = .notice
      startNotUnderstood()
    }
  }

  /// Asks the open question anew, under a new number.
  mutating func askAgain(after text: EngineText? = nil) {
    guard isOpen else { return }
    if let text, !program.steps.isEmpty { say(text) }
    advance()
  }

  /// Answers what matched nothing with the landlord's own conversation for that, if there is one; a
  /// session that waits for a late reply goes on waiting.
  private mutating func startNotUnderstood() {
    guard let own = library.program(Library.notUnderstoodID) else { return say(.unmatched) }
    let waiting = isOpen ? (session, program) : nil
    start(own, step: nil)
    advance()
    guard let waiting, !isOpen, request == nil, lane.handedOverTo == nil else { return }
    flush()
    (session, program) = waiting
    isOpen = true
  }

  /// Tells the person that the reply was not understood, or takes the way out.
  private mutating func retry(_ ask: Ask) {
    session.retries += 1
    if let giveUp = ask.giveUp, session.retries >= giveUp.times {
      move(.step(giveUp.target))
      return advance()
    }
    guard ask.giveUp != nil || session.retries < Ask.patience else {
      return giveUp("A reply to “\(ask.name)” was not understood.")
    }
    purpose = .retry
    if let retry = ask.retry { return put(ask, retry) }
    say(.notUnderstood)
    if let hint = ask.matcher.hint { say(hint.text, slots: hint.slots) }
    put(ask, ask.wording)
  }

  private mutating func answerDanger() {
    effects.append(.alarm)
    flush()
    purpose = .danger
    say(.danger)
    flush()
    if isOpen { lane.mustAskAgain = true }
  }

  private mutating func answerNearOptOut() {
    effects.append(.staffInbox(.nearOptOut))
    notice(.nearOptOut)
    lane.pending = .nearStop
  }

  /// Takes a reply to what the gateway itself asked; false when it is no reply to that.
  private mutating func resolve(
    _ pending: PendingQuestion, _ text: String, choice: String?
  ) -> Bool {
    let matcher: QuestionMatcher
    switch pending {
    case .keywordOrAnswer: matcher = library.oneOrTwo
    case .nearKeyword: matcher = library.yesOrNo
    case .nearStop:
      // It offers no numbers, so a number answers the script's question.
      guard !text.contains(where: \.isNumber) else { return false }
      matcher = library.yesOrNo
    case .language: matcher = library.languageQuestion
    }
    guard
      case .answer(.choice(let id)) = Matcher.read(
        text, choice: choice, question: matcher, ownKeywords: nil, on: today, sureOnly: false,
        keywords: library.noKeywords, vocabulary: library.vocabulary,
        fitsFirstQuestion: { _, _ in false })
    else { return false }
    switch pending {
    case .keywordOrAnswer(let keyword, let words):
      if id == "1" {
        begin(keyword, rest: "")
      } else {
        answerAfterAll(words)
      }
    case .nearKeyword(let keyword):
      if id == "yes" {
        begin(keyword, rest: "")
      } else {
        receiveUnmatched(nil)
      }
    case .nearStop:
      if id == "yes" {
        obey(.stop)
      } else {
        purpose = .notice
        askAgain()
      }
    case .language: speak(id)
    }
    return true
  }

  /// Words that looked like a keyword were an answer after all.
  private mutating func answerAfterAll(_ words: String) {
    guard let ask = askedQuestion,
      let answer = matcher(of: ask).answer(to: FoldedReply(words), on: today, sureOnly: false)
    else { return receiveUnmatched(nil) }
    take(answer, to: ask, raw: words)
  }
}
