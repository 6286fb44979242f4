import Messaging

/// `ask name:` with choices, or `ask name (type):`, asks a question and waits for the reply.
///
/// The wording comes first, then the children: choices, `not understood`, `remind`, `no answer`.
/// SKIP takes the way of `no answer`, so what follows an answer can rely on it.
///
/// ```text
/// conversation: The lift
/// owner: Repairs Team
/// purpose: Find out whether the lift works.
/// start when they text: LIFT
/// start from: resident
/// languages: en, cy
/// answers: named
/// forget after: 4 days
///
/// step lift
///   ask lift:
///     Does the lift work?
///     cy: Ydy'r lifft yn gweithio?
///     - yes: Yes -> thanks
///       cy: Ydy
///     - no: No (also stuck, broken) -> where
///       cy: Nac ydy
///     not understood: Sorry, we did not get that.
///       cy: Mae'n ddrwg gennym, wnaethon ni ddim deall.
///     not understood 2 times -> person
///     remind after 1 day: Quick reminder. Does the lift work?
///       cy: Nodyn atgoffa. Ydy'r lifft yn gweithio?
///     no answer after 3 days -> finish
///
/// step where
///   ask where (words up to 100):
///     Where is it stuck?
///     cy: Ble mae'n sownd?
///     no answer after 1 day -> finish
///   -> thanks
///
/// step thanks
///   say: Thank you, that is all.
///     cy: Diolch, dyna'r cyfan.
///   end
///
/// step person
///   hand over to Repairs Team: A reply about the lift was not understood.
///
/// step finish
///   end
///
/// example a late reply after the reminder
///   resident: LIFT
///   bot: Does the lift work? 1 Yes 2 No
///   later: 25 hours
///   bot: Quick reminder. Does the lift work? ...
///   resident: 2
///   bot: Where is it stuck?
///   resident: between 3 and 4
///   bot: Thank you, that is all.
///   answer lift is no
///   answer where is between 3 and 4
/// ```
struct Ask: Statement {
  let line: Int
  /// The name under which the answer is kept.
  let name: String
  let wording: Wording
  /// What is taken for an answer.
  let type: AnswerType
  let matcher: QuestionMatcher
  /// The same without some of the conditional choices, by `hidden` less one.
  var narrowed: [QuestionMatcher] = []
  /// The choices; empty for a typed question.
  let choices: [Choice]
  /// Whether the channel shows the choices; not when the wording names them.
  let showsChoices: Bool
  let retry: Wording?
  let giveUp: GiveUp?
  let reminder: Reminder?
  let silence: Silence

  /// One answer that is offered.
  struct Choice: Sendable {
    let line: Int
    let id: String
    let label: Wording
    /// Label and synonyms in every language.
    let phrases: [String]
    /// Where it leads; nil for the statement below.
    let target: Int?
    /// When it is offered; nil for always.
    var condition: Condition?
  }

  /// The way out after so many replies that were not understood.
  struct GiveUp: Sendable {
    let times: Int
    let target: Int
  }

  /// Asking once more.
  struct Reminder: Sendable {
    let after: Duration
    let wording: Wording
  }

  /// The way out when nothing comes back.
  struct Silence: Sendable {
    let after: Duration
    let target: Int
  }

  /// How often a reply is not understood before a person takes over, where the script has no way
  /// out of its own (a question for free words).
  static let patience = 3

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let head = node.text.after("ask "),
      !head.hasPrefix("each poll question")
    else { return nil }
    nodes.removeFirst()
    var asking = AskReader(node: node)
    return asking.ask(head, &reader)
  }

  var exits: [Exit] {
    var exits: [Exit] =
      choices.isEmpty
      ? [.to(nil, learns: [name], waits: true)]
      : choices.map { .to($0.target, learns: [name], waits: true) }
    if let giveUp { exits.append(.to(giveUp.target, waits: true)) }
    exits.append(Exit(target: .step(silence.target), waits: true, isSilence: true))
    return exits
  }

  func check(_ checker: inout ProgramChecker) {
    checker.check(wording)
    for choice in choices {
      checker.check(choice.label)
      if let condition = choice.condition { checker.check(condition, line: choice.line) }
    }
    if let retry { checker.check(retry) }
    if let reminder { checker.check(reminder.wording) }
    checker.checkTimes(reminder, silence, line: line)
  }

  var conditions: [Condition] { choices.compactMap(\.condition) }

  var wordings: [Wording] {
    [wording] + choices.map(\.label) + [retry, reminder?.wording].compactMap(\.self)
  }

  func explore(_ visit: inout StateVisit) {
    visit.ask(wording, retry: retry, reminder: reminder, choices: showsChoices ? choices : [])
    for values in visit.cases(of: conditions) {
      for (answer, target) in answers(in: values) {
        var values = values
        values.set(name, to: answer)
        visit.go(.to(target), values)
      }
      visit.giveUp(giveUp, values)
      visit.go(.step(silence.target), values)
    }
  }

  /// Each answer that goes its own way or that a condition can tell from others.
  private func answers(in values: StateValues) -> [(ReadValues.Known, Int?)] {
    if case .choices = type {
      return offered(hidden: hidden(in: values)).map { (.text($0.id), $0.target) }
    }
    guard let index = values.table.index(of: name) else { return [(.text(""), nil)] }
    return values.table.answers(at: index).map { ($0, nil) }
  }

  func run(_ run: inout TurnRun) -> Flow { run.ask(self) }

  /// How many choices may have a condition.
  static let conditionalLimit = 4

  /// Which conditional choices are not offered now, one bit each in their order.
  func hidden(in values: some Values) -> Int {
    guard !narrowed.isEmpty else { return 0 }
    var hidden = 0
    var bit = 1
    for case let condition? in choices.lazy.map(\.condition) {
      if !condition.holds(in: values) { hidden |= bit }
      bit <<= 1
    }
    return hidden
  }

  /// The choices without those that are hidden.
  func offered(hidden: Int) -> [Choice] {
    guard hidden != 0 else { return choices }
    var bit = 1
    return choices.filter { choice in
      guard choice.condition != nil else { return true }
      defer { bit <<= 1 }
      return hidden & bit == 0
    }
  }

  /// What takes a reply while those choices are hidden.
  func matcher(hidden: Int) -> QuestionMatcher {
    narrowed.indices.contains(hidden - 1) ? narrowed[hidden - 1] : matcher
  }

  /// Where an answer leads.
  func target(of answer: Reading.Answer) -> Int? {
    guard case .choice(let id) = answer else { return nil }
    return choices.first { $0.id == id }?.target
  }
}
