import Engine
import Gateway
import Messaging

extension Command {
  /// A conversation in the terminal.
  static let talk = Command(
    name: "talk", synopsis: "[CONVERSATION] [--as NUMBER] [--channel KIND] [--language CODE]",
    summary: "Texts with the conversations in the terminal; nothing is sent or stored.",
    details: """
      Type what a resident would text. With the id of a conversation, it starts with that one.
      :later 25 hours  lets time pass     :state  what is open     :quit  ends

      --as NUMBER      texts as the resident with that number; 07700 900123 if it is not given
      --channel KIND   sms, whatsapp or simulator; sms if it is not given
      --language CODE  the language on the landlord's record, such as cy
      --config FILE    the configuration, for the folder of conversations and the landlord's name
      """
  ) { words in
    let arguments = try Arguments(
      words, options: ["--as", "--channel", "--language", "--config"])
    let configuration = try ConfigurationFile.load(arguments["--config"])
    let number = arguments["--as"] ?? "07700 900123"
    guard (try? Address.phone(number, region: configuration.region)) != nil else {
      throw Arguments.Misuse(description: "\(number) is not a phone number.")
    }
    let channel = arguments["--channel"] ?? "sms"
    guard ["sms", "whatsapp", "simulator"].contains(channel) else {
      throw Arguments.Misuse(description: "--channel takes sms, whatsapp or simulator.")
    }
    let files = try ConversationFolder.files(in: configuration.conversations)
    let (library, findings) = ConversationFolder.load(files)
    for finding in findings where finding.isError { Terminal.complain("\(finding)") }
    guard let library else { return 1 }
    var talk = Talk(library: library, configuration, channel: channel, arguments["--language"])
    if let conversation = arguments.operands.first {
      guard library.conversationIDs.contains(conversation) else {
        let ids = library.conversationIDs.joined(separator: ", ")
        throw Problem(description: "There is no conversation \(conversation). There are \(ids).")
      }
      talk.take(.start(conversation: conversation, step: nil))
    }
    talk.run()
    return 0
  }
}

/// A resident at a terminal, with a clock that only moves when told to.
private struct Talk {
  private let library: Library
  private var lane = Lane()
  private var context: TurnContext
  private var timers: [(due: Instant, kind: TimerKind, question: Int)] = []

  init(
    library: Library, _ configuration: Configuration, channel: String, _ language: String?
  ) {
    self.library = library
    context = TurnContext(
      now: Environment.machine.now(), channel: channel, language: language,
      values: [
        "landlord": configuration.landlord, "phone": configuration.phone,
        "nation": configuration.nation.name, "building": "Oak Tower",
      ])
  }

  mutating func run() {
    var lines = InputLines(limit: 65_536)
    while true {
      if Terminal.isInteractive { Terminal.write(Array("you> ".utf8)) }
      guard let line = lines.next() else { return }
      let words = String(decoding: line, as: UTF8.self)
      guard words.hasPrefix(":") else {
        take(.message(text: words, choice: nil))
        continue
      }
      guard words != ":quit" else { return }
      command(words)
    }
  }

  private mutating func command(_ words: String) {
    let parts = words.split(separator: " ")
    switch parts.first {
    case ":state":
      Terminal.say("  open: \(lane.openConversation ?? "nothing")")
    case ":later":
      guard parts.count == 3, let count = Int(parts[1]), (1...10_000).contains(count),
        let unit = Self.units[String(parts[2])]
      else {
        Terminal.say("  Write it like :later 25 hours.")
        return
      }
      pass(unit * count)
    default:
      Terminal.say("  There are :later, :state and :quit.")
    }
  }

  private static let units: [String: Duration] = [
    "minute": .minutes(1), "minutes": .minutes(1), "hour": .hours(1), "hours": .hours(1),
    "day": .days(1), "days": .days(1),
  ]

  /// Lets time pass, and the timers that come due on the way.
  private mutating func pass(_ span: Duration) {
    let end = context.now + span
    while let next = timers.indices.min(by: { timers[$0].due < timers[$1].due }),
      timers[next].due <= end
    {
      let timer = timers.remove(at: next)
      context.now = timer.due
      take(.timer(timer.kind, question: timer.question))
    }
    context.now = end
  }

  mutating func take(_ event: LaneEvent) {
    var turn = library.turn(lane, event, context)
    while case .needs(let request, let suspended) = turn {
      Terminal.say("  (\(request.action): \(request.argument))")
      let outcome = request.usualOutcome
      turn = library.resume(
        suspended, outcome: outcome, values: request.sampleValues(of: outcome), context)
    }
    guard case .finished(let next, let effects) = turn else { return }
    lane = next
    timers.removeAll { !lane.timedQuestions.contains($0.question) }
    for effect in effects { show(effect) }
  }

  private mutating func show(_ effect: Effect) {
    switch effect {
    case .send(let message):
      let segments = Segments(of: message.text)
      Terminal.say(message.text)
      Terminal.say(
        "  (\(segments.units) units of \(segments.encoding.rawValue), "
          + "\(segments.parts) parts)")
      guard let question = message.question else { return }
      for timer in message.timers {
        timers.append((due: context.now + timer.after, kind: timer.kind, question: question))
      }
    case .startTimer(let kind, let question, let due):
      timers.append((due: due, kind: kind, question: question))
    case .record(let answer): Terminal.say("  (answer \(answer.name) is \(answer.value))")
    case .handOver(let team, let note): Terminal.say("  (handed over to \(team): \(note))")
    case .staffInbox(let reason): Terminal.say("  (staff see it: \(reason.rawValue))")
    case .alarm: Terminal.say("  (staff are alarmed)")
    case .optOut:
      context.isOptedOut = true
      Terminal.say("  (opted out)")
    case .optIn:
      context.isOptedOut = false
      Terminal.say("  (opted in)")
    case .questionArrived: return
    }
  }
}
