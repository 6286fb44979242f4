import Messaging

/// `ask each poll question:` asks the questions of the poll that the session was started for.
///
/// They come one after another in the poll's own words, choices and languages. `first:` is said in
/// the same message as the first question, and `no poll open -> step` is the way where there is no
/// poll to ask. SKIP goes on to the next question. Until the poll closes, a bare choice from someone
/// who answered changes their last answer, and what follows here is said again.
///
/// ```text
/// conversation: Quick vote
/// owner: Engagement Team
/// purpose: Ask the questions of a poll.
/// start when they text: VOTE
/// start from: resident, poll
/// languages: en, cy
/// answers: confidential
/// forget after: 10 days
///
/// step vote
///   ask each poll question:
///     first: Quick vote. NOT DECIDED: {poll not decided or "you choose"}.
///       cy: Pleidlais gyflym. HEB EI BENDERFYNU: {poll not decided or "chi sy'n dewis"}.
///     not understood: Sorry, we did not get that.
///       cy: Mae'n ddrwg gennym, wnaethon ni ddim deall.
///     not understood 2 times -> person
///     remind after 2 days: Quick reminder of our vote.
///       cy: Nodyn atgoffa am ein pleidlais.
///     no answer after 7 days -> finish
///     no poll open -> no poll
///   say: Thanks, we have {poll answer or "your answers"}.
///     cy: Diolch, mae gennym {poll answer or "eich atebion"}.
///   end
///
/// step no poll
///   say: There is no vote now.
///     cy: Does dim pleidlais nawr.
///   end
///
/// step person
///   hand over to Engagement Team: A vote was not understood.
///
/// step finish
///   end
///
/// example a vote, and another mind
///   poll: The meeting
///     not decided: what we talk about
///     ask topic: What should the meeting talk about?
///       cy: Beth ddylai'r cyfarfod ei drafod?
///       - lifts: Lifts
///         cy: Lifftiau
///       - bins: Bins (also rubbish)
///         cy: Biniau
///     ask why (words up to 160): Why?
///       cy: Pam?
///   started by: poll
///   bot: Quick vote. NOT DECIDED: what we talk about. What should the meeting talk about? 1 Lifts 2 Bins
///   resident: lifts
///   bot: Why?
///   resident: SKIP
///   bot: Thanks, we have Lifts.
///   answer topic is lifts
///   later: 1 day
///   resident: 2
///   bot: Elm Homes: Thanks, we have Bins.
///   answer topic is bins
///   poll closes
///   resident: 1
///   bot: ... closed ...
///   answer topic is bins
///
/// example no poll
///   resident: VOTE
///   bot: There is no vote now.
/// ```
struct AskEach: Statement {
  let line: Int
  let first: Wording?
  let noPoll: Int
  let retry: Wording?
  let giveUp: Ask.GiveUp?
  let reminder: Ask.Reminder?
  let silence: Ask.Silence

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, node.text.hasPrefix("ask each poll question") else { return nil }
    nodes.removeFirst()
    var asking = AskReader(node: node)
    var first: Wording?
    var noPoll: Int?
    for child in node.children {
      if let words = child.text.after("first:") {
        first = reader.wording(words, lines: child.children, line: child.line)
      } else if let step = child.text.after("no poll open ->") {
        reader.refuseChildren(of: child)
        noPoll = reader.step(step, line: child.line)
      } else if child.text.hasPrefix("-") || !asking.readChild(child, &reader) {
        reader.report(
          "E228", child.line, "“\(child.text.prefix(40))” does not belong under “ask each”",
          fix: "use first:, no poll open, not understood, remind and no answer; "
            + "the poll has its own words")
      }
    }
    asking.reportWaysOut(.choices([]), &reader)
    if noPoll == nil {
      reader.report(
        "E229", node.line, "this does not say what happens when no poll is open",
        fix: "add a line “no poll open -> step”")
    }
    return AskEach(
      line: node.line, first: first, noPoll: noPoll ?? 0, retry: asking.retry,
      giveUp: asking.giveUp, reminder: asking.reminder,
      silence: asking.silence ?? Ask.Silence(after: .days(1), target: 0))
  }

  var exits: [Exit] {
    var exits: [Exit] = [.to(nil, waits: true), .to(noPoll)]
    if let giveUp { exits.append(.to(giveUp.target, waits: true)) }
    exits.append(Exit(target: .step(silence.target), waits: true, isSilence: true))
    return exits
  }

  func check(_ checker: inout ProgramChecker) {
    for wording in [first, retry, reminder?.wording] {
      if let wording { checker.check(wording) }
    }
    checker.checkTimes(reminder, silence, line: line)
  }

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [first, retry, reminder?.wording].compactMap(\.self) }

  func explore(_ visit: inout StateVisit) {
    visit.ask(first, retry: retry, reminder: reminder, choices: [])
    visit.go(.next)
    visit.go(.step(noPoll))
    visit.giveUp(giveUp, visit.values)
    visit.go(.step(silence.target))
  }

  func run(_ run: inout TurnRun) -> Flow { run.askPoll(self) }
}
