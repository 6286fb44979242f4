import Messaging

@testable import Engine

let engineTargets = [
  FuzzTarget("reply", readReply), FuzzTarget("engine-file", readEngineFile),
  FuzzTarget("common-words", readCommonWords), FuzzTarget("conversation", readConversation),
  FuzzTarget("library", readLibrary), FuzzTarget("lane", readLane),
  FuzzTarget("turns", readTurns),
]

private let someTuesday = CivilDate(daysSince1970: 20_781)
private let types: [AnswerType] =
  [
    .choices([
      .init(id: "lifts", phrases: ["Lifts", "the lift", "windy"]),
      .init(id: "bins", phrases: ["Bins", "bin store", "śmieci"]),
      .init(id: "unsure", phrases: ["Not sure", "dont know", "no idea", "Ddim yn siŵr"]),
      .init(id: "none", phrases: ["No thanks"]),
    ]),
    .yesOrNo, .number(1...20, decimals: false), .number(-2.5...10, decimals: true),
    .words(upTo: 30),
    .several(
      [
        .init(id: "lifts", phrases: ["Lifts", "the lift", "windy"]),
        .init(id: "bins", phrases: ["Bins and recycling", "bins"]),
        .init(id: "none", phrases: ["None of these"]),
      ], upTo: 2),
    .date(.either), .date(.toCome), .date(.goneBy), .time(0...1439), .time(480...1080), .postcode,
    .phone, .email,
  ]
  + [CodePattern("AA-9999"), CodePattern("AAA")].compactMap { $0.map { .code($0) } }
private let matchers = types.map { QuestionMatcher($0, vocabulary: Shipped.vocabulary) }
private let keywords = KeywordTable(
  ["FIRE", "FIRE DOOR", "CLAIM", "IDEA"].map { Keyword(words: $0, conversation: $0) },
  vocabulary: Shipped.vocabulary)

/// Two bytes for the question and its circumstances, then the message.
private func readReply(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let question = Int(input.byte()) % (types.count + 1)
  let flags = input.byte()
  let text = input.text
  let matcher = question < types.count ? matchers[question] : nil
  let sureOnly = flags & 2 == 2
  let reading = Matcher.read(
    text, choice: flags & 1 == 1 ? "bins" : nil, question: matcher, ownKeywords: "FIRE",
    on: someTuesday,
    sureOnly: sureOnly, keywords: keywords, vocabulary: Shipped.vocabulary,
    fitsFirstQuestion: { _, rest in rest.utf8.count > 5 })
  switch reading {
  case .answer(let answer):
    claim(question < types.count, "an answer needs a question")
    if question < types.count { check(answer, fits: types[question]) }
  case .nothing: claim(matcher == nil, "nothing only without a question")
  case .notUnderstood: claim(matcher != nil, "not understood only with one")
  case .keyword(_, let rest):
    claim(text.hasSuffix(rest) || rest.utf8.count <= text.utf8.count, "the rest")
  default: break
  }
  let vocabulary = Shipped.vocabulary
  claim(!(vocabulary.isOptOut(text) && vocabulary.isOptIn(text)), "in or out")
  if vocabulary.isOptOut(text), flags & 1 == 0 {
    claim(reading == .engineWord(.stop) || reading == .danger, "STOP wins")
  }
}

private func check(_ answer: Reading.Answer, fits type: AnswerType) {
  switch (answer, type) {
  case (.choice(let id), .choices(let options)):
    claim(options.contains { $0.id == id }, "one of the choices")
  case (.choice(let id), .yesOrNo): claim(["yes", "no"].contains(id), "yes or no")
  case (.number(let number), .number(let range, let decimals)):
    claim(range.contains(number) && (decimals || number == number.rounded()), "the number")
  case (.words(let words), .words(let limit)):
    claim(!words.isEmpty && words.count <= limit, "the words")
  case (.choices(let ids), .several(let options, let limit)):
    claim(!ids.isEmpty && ids.count <= limit && Set(ids).count == ids.count, "so many")
    claim(ids.allSatisfy { id in options.contains { $0.id == id } }, "of the choices")
  case (.choice(let id), .several(let options, _)):
    claim(options.contains { $0.id == id }, "one of the choices")
  case (.value(let value), let type): check(value, fits: type)
  default: claim(false, "an answer of another type")
  }
}

/// A value in its one form means itself when it is sent.
private func check(_ value: String, fits type: AnswerType) {
  switch type {
  case .date(let sense, _):
    let date = CivilDate(iso8601: value)
    claim(date != nil && (1900...2100).contains(date?.year ?? 0), "a day")
    claim(date.map { sense != .toCome || $0 >= someTuesday } ?? false, "to come")
    claim(date.map { sense != .goneBy || $0 <= someTuesday } ?? false, "gone by")
  case .time(let range): claim(ClockTime.minutes(value).map(range.contains) ?? false, "a time")
  case .postcode, .phone, .email, .code:
    let again = QuestionMatcher(type, vocabulary: Shipped.vocabulary)
      .answer(to: FoldedReply(value), on: someTuesday, sureOnly: true)
    claim(again == .value(value), "its one form")
  case .choices, .several, .yesOrNo, .number, .words: claim(false, "a value of another type")
  }
}

private func readEngineFile(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let (vocabulary, problems) = Vocabulary.load(
    engine: ("engine.txt", text), commonWords: ("common-words.txt", Shipped.noCommonWords))
  claim((vocabulary == nil) != problems.isEmpty, "problems or words")
  let (texts, textProblems) = EngineTexts.load(engine: ("engine.txt", text))
  claim((texts == nil) != textProblems.isEmpty, "problems or texts")
  guard let vocabulary else { return }
  for word in ["stop", "stop all", "unsubscribe", "cancel", "end", "quit"] {
    claim(vocabulary.isOptOut(word), "no file takes \(word) away")
  }
  for name in EngineText.allCases {
    claim(texts?.text(name, language: "cy").isEmpty != true, "no text is empty")
  }
}

private func readCommonWords(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let (vocabulary, problems) = Vocabulary.load(
    engine: Shipped.shortEngine, commonWords: ("common-words.txt", text))
  claim((vocabulary == nil) != problems.isEmpty, "problems or words")
  guard let vocabulary else { return }
  claim(vocabulary.isOptOut("stop"), "no file takes STOP away")
  let matcher = QuestionMatcher(types[0], vocabulary: vocabulary)
  _ = matcher.answer(
    to: FoldedReply("please not the bins thanks"), on: someTuesday, sureOnly: false)
}

/// A conversation that has no error is checked, its examples run, and it is talked to.
private func readConversation(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let (program, findings) = ProgramReader.read(
    file: "a.txt", text: text, hash: "a", vocabulary: Shipped.vocabulary)
  claim((program == nil) == findings.contains(where: \.isError), "a program or errors")
  claim(findings.allSatisfy { !$0.problem.isEmpty && !$0.fix.isEmpty }, "findings say the fix")
  guard let program, let texts = Shipped.texts else { return }
  let library = Library(
    programs: [program], sources: [:], vocabulary: Shipped.vocabulary, texts: texts)
  _ = ExampleRunner.results(in: library)
  var talk = Talk(library)
  talk.take(.start(conversation: "a", step: nil))
  for reply in ["1", "yes", "purple", "back", "skip", "7", "help"] {
    talk.take(.message(text: reply, choice: nil))
    talk.take(.timer(.remind, question: talk.lane.openQuestion ?? 1))
  }
  talk.take(.timer(.noAnswer, question: talk.lane.openQuestion ?? 1))
}

/// Several files together, each after a line of `===` with its name.
private func readLibrary(_ bytes: [UInt8]) {
  let parts = String(decoding: bytes, as: UTF8.self).split(separator: "===").prefix(8)
  let files = parts.map { part in
    let name = part.prefix { $0 != "\n" }
    return (name: String(name), text: String(part.dropFirst(name.count + 1)))
  }
  let shared = [Shipped.shortEngine, ("common-words.txt", Shipped.noCommonWords)]
  let (library, findings) = Library.load(files: shared + files) { "\($0.count)" }
  claim((library == nil) == findings.contains(where: \.isError), "a library or errors")
}

/// One byte for an event, then a lane as it is stored.
private func readLane(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let which = input.byte()
  guard let lane = Lane(decoding: Array(input.rest)) else { return }
  claim(Lane(decoding: lane.encoded()) == lane, "what was written is read")
  // No talk comes near these limits, at which the next question could not be stored.
  let isNearLimit = lane.questionCount > 1 << 30 || (lane.open?.retries ?? 0) > 900
  guard let library = Shipped.library, !isNearLimit else { return }
  var talk = Talk(library)
  talk.lane = lane
  let question = lane.openQuestion ?? 1
  let events: [LaneEvent] = [
    .message(text: "2", choice: nil), .message(text: "back", choice: nil),
    .message(text: "FIRE DOOR", choice: nil), .message(text: "STOP", choice: nil),
    .message(text: "yes", choice: nil), .message(text: "more", choice: nil),
    .timer(.noAnswer, question: question), .timer(.remind, question: question),
    .timer(.forget, question: question), .start(conversation: "lift", step: nil), .caseClosed,
    .optOut,
  ]
  talk.take(events[Int(which) % events.count])
}

/// A talk: each byte is an event or a change of circumstances, some with a text after them.
private func readTurns(_ bytes: [UInt8]) {
  guard let library = Shipped.library else { return }
  var input = FuzzInput(bytes)
  var talk = Talk(library)
  while !input.isEmpty, talk.turns < 60 {
    switch input.byte() {
    case 0..<10: talk.take(.message(text: input.line(), choice: nil))
    case 10..<20: talk.take(.message(text: "", choice: input.line()))
    case 20..<30:
      talk.take(.timer(input.pick(TimerKind.allCases), question: Int(input.byte())))
    case 30..<50:
      talk.take(.timer(input.pick(TimerKind.allCases), question: talk.lane.openQuestion ?? 0))
    case 50..<60: talk.take(.start(conversation: input.pick(library.conversationIDs), step: nil))
    case 60..<65: talk.take(.start(conversation: "lift", step: input.line()))
    case 65..<70: talk.take(.caseClosed)
    case 70: talk.take(.optOut)
    case 71: talk.take(.optIn)
    case 72..<80: talk.context.now = talk.context.now + .hours(Int(input.byte()))
    case 80: talk.context.isOptedOut.toggle()
    case 81: talk.context.mayConfirmStop.toggle()
    case 82: talk.context.channel = input.pick(["sms", "whatsapp", "simulator", "?"])
    case 83: talk.context.language = input.pick(["en", "cy", "pl", "ur", nil])
    case 84: talk.context.question = input.pick([.arrived, .unknown, .refused])
    case 85: talk.context.values[input.pick(["first name", "landlord"])] = input.line()
    case 86: talk.outcome = input.pick(["logged", "recorded", "?"])
    case 87: talk.context.values = [:]
    case let word:
      talk.take(.message(text: Shipped.words[Int(word) % Shipped.words.count], choice: nil))
    }
  }
}
