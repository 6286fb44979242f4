import Messaging

/// One `example` of a file: a test that is written as a conversation.
struct Example: Sendable {
  /// What it shows.
  let name: String
  /// The file that it stands in.
  let file: String
  /// Where it begins.
  let line: Int
  /// Its lines, in order.
  let lines: [Line]

  /// One line of an example.
  struct Line: Sendable {
    /// Where it stands.
    let number: Int
    /// The line as written.
    let text: String
    /// What it does or expects.
    let content: Content
  }

  /// What a line of an example does or expects.
  enum Content: Equatable, Sendable {
    /// The resident texts this.
    case resident(String)
    /// The next message says this; `...` stands for anything.
    case bot(String)
    /// So much time passes.
    case later(Duration)
    /// The clock moves on to this time of day, in minutes after midnight.
    case clock(Int)
    /// The landlord's record has this language.
    case language(String)
    /// The conversation takes place on this kind of channel.
    case channel(String)
    /// This value is known, or not known for nil.
    case person(String, String?)
    /// This action has this outcome.
    case pretend(action: String, outcome: String)
    /// This answer was kept last for that question.
    case answer(String, String)
    /// That team took over.
    case handedOver(String)
    /// Staff see this; `...` stands for anything.
    case staffSee(String)
    /// Staff, a poll or a schedule start the conversation.
    case started(StartSource)
    /// Staff fill this in.
    case fillIn(String, String)
    /// This poll is open.
    case poll(Poll)
    /// The poll closes.
    case pollCloses
    /// Nothing more is sent.
    case nothingIsSent
  }
}

/// Reads the examples of a file.
enum ExampleReader {
  /// Reads each example's lines; a line that is none of an example's is reported.
  static func examples(_ nodes: [SourceNode], _ reader: inout FileReader) -> [Example] {
    nodes.map { node in
      var lines: [Example.Line] = []
      for child in node.children.flatMap({ $0.text.hasPrefix("poll:") ? [$0] : $0.flattened }) {
        guard let content = content(child, &reader) else {
          let first = child.text.prefix { $0 != ":" && $0 != " " }
          reader.report(
            "E601", child.line, "“\(child.text.prefix(40))” is not a line of an example",
            fix: Spelling.offer(
              String(first), among: openings, else: "begin with resident: or bot:"))
          continue
        }
        lines.append(Example.Line(number: child.line, text: child.text, content: content))
      }
      return Example(
        name: String(node.text.dropFirst("example ".count)), file: reader.file, line: node.line,
        lines: lines)
    }
  }

  private static let openings = [
    "resident", "bot", "later", "language", "channel", "person", "pretend", "answer",
    "handed over to", "staff see", "nothing is sent", "started by", "staff fill in", "poll",
    "poll closes",
  ]

  private static func content(
    _ node: SourceNode, _ reader: inout FileReader
  ) -> Example.Content? {
    let text = node.text
    if text == "nothing is sent" { return .nothingIsSent }
    if text == "poll closes" { return .pollCloses }
    if let topic = text.after("poll:") { return .poll(reader.poll(topic, node)) }
    if let who = text.after("started by:") {
      return StartSource(rawValue: who).map(Example.Content.started)
    }
    if let fact = text.after("staff fill in:"), let (name, value) = fact.cut(at: " is ") {
      return .fillIn(name, value.unquoted)
    }
    if let words = text.after("resident:") { return .resident(words) }
    if let words = text.after("bot:") { return .bot(words) }
    if let words = text.after("staff see:") { return .staffSee(words) }
    if let team = text.after("handed over to ") { return .handedOver(team) }
    if let code = text.after("language:") { return .language(code) }
    if let kind = text.after("channel:") {
      return ChannelStyle.kinds.contains(kind) ? .channel(kind) : nil
    }
    if let time = text.after("later:") {
      return ClockTime.minutes(time).map(Example.Content.clock)
        ?? .later(reader.duration(time, line: node.line))
    }
    if let fact = text.after("person:") { return person(fact) }
    if let rest = text.after("pretend:"), let (action, outcome) = rest.cut(at: " is ") {
      return pretend(action, outcome, node, &reader)
    }
    if let rest = text.after("answer "), let (name, value) = rest.cut(at: " is ") {
      return .answer(name, value.unquoted)
    }
    return nil
  }

  static func person(_ fact: String) -> Example.Content? {
    guard let (name, value) = fact.cut(at: " is "), ValueName.all.contains(name) else { return nil }
    return .person(name, value == "not known" ? nil : value.unquoted)
  }

  private static func pretend(
    _ action: String, _ outcome: String, _ node: SourceNode, _ reader: inout FileReader
  ) -> Example.Content? {
    guard let kind = ActionKind.kind(of: action) else { return nil }
    if kind.outcome(named: outcome) == nil {
      reader.report(
        "E309", node.line, "“\(kind.words)” has no outcome “\(outcome)”",
        fix: Spelling.offer(outcome, among: kind.outcomeNames, else: "use one of its outcomes"))
    }
    return .pretend(action: kind.words, outcome: outcome)
  }
}
