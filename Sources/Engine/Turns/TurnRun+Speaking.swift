import Messaging

extension TurnRun {
  /// Says something of the script.
  mutating func say(_ wording: Wording) {
    beginWords()
    add(wording)
    if !ChannelStyle.isPlainText(context.channel) { flush() }
  }

  /// Says something of the gateway's own; `keyword` and `slots` fill the slots that the text has.
  mutating func say(_ name: EngineText, keyword: String = "", slots: [String: String] = [:]) {
    add(name, keyword: keyword, slots: slots)
    if !ChannelStyle.isPlainText(context.channel) { flush() }
  }

  /// Adds something of the gateway's own to the message that is being put together.
  mutating func add(_ name: EngineText, keyword: String = "", slots: [String: String] = [:]) {
    beginWords()
    let text = library.texts.text(name, language: language)
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      words += rest[..<open]
      let slot = String(rest[rest.index(after: open)..<close])
      words += slot == "keyword" ? keyword : slots[slot] ?? context.values[slot] ?? ""
      rest = rest[rest.index(after: close)...]
    }
    words += rest
  }

  /// Adds wording to the message that is being put together.
  mutating func add(_ wording: Wording) {
    // The words are moved out while the values are read: `self` would be copied otherwise.
    var text = words
    words = ""
    let template = wording.template(
      language: program.languageIndex(language), channel: context.channel)
    template?.render(into: &text, values: self, showsPictures: context.showsPictures)
    words = text
    if context.showsPictures, let template { pictures += template.pictures(values: self) }
  }

  /// Sends a picture, or says what it shows where the channel carries none.
  mutating func show(_ file: String, alt: Wording) {
    guard context.showsPictures else { return say(alt) }
    flush()
    var words = ""
    alt.render(
      into: &words, language: program.languageIndex(language), channel: context.channel,
      values: self)
    pictures.append(OutboundMessage.Picture(url: file, alt: words))
    flush()
  }

  /// Goes on in the message that is being put together.
  mutating func beginWords() {
    hasSaid = true
    if !words.isEmpty { words += " " }
  }

  /// Sends what was said so far, if anything; `asking` is the question that it ends with.
  mutating func flush(
    asking question: Int? = nil, choices: [OutboundMessage.Choice] = [],
    timers: [Outgoing.Timer] = []
  ) {
    for picture in pictures.dropLast(words.isEmpty ? 0 : 1) { send(picture) }
    let picture = words.isEmpty ? nil : pictures.last
    pictures = []
    guard !words.isEmpty else { return }
    if question == nil { cutForMore() }
    effects.append(
      .send(
        Outgoing(
          text: Normal.nfc(needsName ? named(words) : words), choices: choices, picture: picture,
          messageClass: messageClass,
          purpose: purpose, question: question, timers: timers)))
    words = ""
    isNamed = true
    session.hasSpoken = true
    lane.lastSent = context.now
  }

  /// Sends a picture without words of its own.
  private mutating func send(_ picture: OutboundMessage.Picture) {
    hasSaid = true
    effects.append(
      .send(Outgoing(text: "", picture: picture, messageClass: messageClass, purpose: purpose)))
    lane.lastSent = context.now
  }

  /// Keeps what is over three SMS parts or so for MORE; questions are never cut.
  private mutating func cutForMore() {
    guard words.utf8.count > 268, ChannelStyle.isPlainText(context.channel) else { return }
    let segments = Segments(of: words)
    guard segments.parts > 4 else { return }
    let limit = segments.encoding == .gsm7 ? 420 : 180
    let head = words.prefix(limit)
    let end =
      head.lastIndex { ".!?\n".contains($0) }.map { head.index(after: $0) }
      ?? head.lastIndex(of: " ") ?? head.endIndex
    let rest = words[end...].trimmed
    words = String(words[..<end])
    add(.readOn)
    lane.more = rest.clipped
  }

  private func named(_ words: String) -> String {
    guard let landlord = context.values["landlord"], !landlord.isEmpty else { return words }
    return landlord + ": " + words
  }

  /// Whether the landlord's name stands in front: of a session's first message, of all that the
  /// person did not just ask for, and after an hour of silence; never before the 999 answer.
  private var needsName: Bool {
    guard !isNamed, purpose != .danger else { return false }
    if purpose == .unprompted || isFirstOfSession { return true }
    guard let last = lane.lastSent else { return true }
    return context.now - last >= .hours(1)
  }

  /// Whether a session has said nothing yet; also one that has ended by now in this turn.
  private var isFirstOfSession: Bool { !session.conversation.isEmpty && !session.hasSpoken }

  /// The class of what is said: the session's, and that of a service for the gateway's own words.
  private var messageClass: MessageClass {
    switch purpose {
    case .danger: .safety
    case .stopConfirmation: .service
    case .notice where !isOpen: .service
    case .progress, .retry, .notice, .unprompted: program.messageClass
    }
  }

  /// Asks the question that the session has come to; words after a keyword may answer it at once.
  mutating func ask(_ ask: Ask) -> Flow {
    if !rest.isEmpty {
      let words = rest
      rest = ""
      session.hidden = ask.hidden(in: self)
      if let answer = matcher(of: ask).answer(to: FoldedReply(words), on: today, sureOnly: false) {
        return keep(answer, to: ask, raw: words)
      }
      effects.append(.staffInbox(.extraWords))
    }
    put(ask, ask.wording)
    return .wait
  }

  /// Says `wording` with the question's choices, under a new number and with its timers.
  mutating func put(_ ask: Ask, _ wording: Wording?) {
    lane.questionCount += 1
    session.question = lane.questionCount
    session.hidden = ask.hidden(in: self)
    session.askedAt = context.now
    session.isSilent = false
    var timers: [Outgoing.Timer] = []
    if let reminder = ask.reminder, !session.isReminded {
      timers.append(Outgoing.Timer(kind: .remind, after: reminder.after))
    }
    timers.append(Outgoing.Timer(kind: .noAnswer, after: ask.silence.after))
    if let forget = program.forgetAfter {
      timers.append(Outgoing.Timer(kind: .forget, after: forget))
    }
    speak(ask, wording, timers: timers)
  }

  /// Says `wording` with the question's choices, under the number it has.
  mutating func speak(_ ask: Ask, _ wording: Wording?, timers: [Outgoing.Timer]) {
    beginWords()
    lane.mustAskAgain = false
    if let wording { add(wording) }
    let choices = ask.showsChoices ? offered(ask, program.languageIndex(language)) : []
    let longest = choices.lazy.map(\.label.count).max() ?? 0
    // A button gives one answer only.
    offer(
      choices, longestLabel: ask.matcher.takesSeveral ? .max : longest, asking: session.question,
      timers: timers)
  }

  /// Sends the message with choices: as buttons, or numbered in the words where there are none.
  mutating func offer(
    _ choices: [OutboundMessage.Choice], longestLabel: Int, asking question: Int?,
    timers: [Outgoing.Timer] = []
  ) {
    let showsButtons = ChannelStyle.showsButtons(
      context.channel, count: choices.count, longestLabel: longestLabel,
      words: words.utf8.count)
    if !showsButtons {
      for (number, choice) in choices.enumerated() {
        if !words.isEmpty { words += " " }
        words += String(number + 1)
        words += " "
        words += choice.label
      }
    }
    let isPlain = ChannelStyle.isPlainText(context.channel)
    flush(asking: question, choices: showsButtons || isPlain ? choices : [], timers: timers)
  }

  private func offered(_ ask: Ask, _ language: Int) -> [OutboundMessage.Choice] {
    ask.offered(hidden: session.hidden).map { choice in
      var label = ""
      choice.label.render(
        into: &label, language: language, channel: context.channel, values: self)
      return OutboundMessage.Choice(id: choice.id, label: label)
    }
  }

  /// Keeps an answer to the question that the session is at, and tells where it leads.
  mutating func keep(_ answer: Reading.Answer, to ask: Ask, raw: String) -> Flow {
    let value = answer.stored
    session.set(ask.name, to: value)
    notePassage(answer, to: ask)
    session.rememberPlace()
    let isPoll = program.statement(step: session.step, at: session.statement) is AskEach
    effects.append(
      .record(
        RecordedAnswer(
          conversation: session.conversation, name: ask.name, value: value, raw: raw,
          poll: isPoll ? session.poll : nil)))
    passPollQuestion()
    return flow(after: ask, answer)
  }

  private mutating func notePassage(_ answer: Reading.Answer, to ask: Ask) {
    guard trail != nil else { return }
    let ids = answer.stored.parts(between: ",")
    for choice in ask.choices where ids.contains(choice.id) {
      trail?.insert(.choice(session.conversation, line: choice.line))
    }
  }

  /// What takes a reply to the question, without the choices that were not offered.
  func matcher(of ask: Ask) -> QuestionMatcher { ask.matcher(hidden: session.hidden) }
}
