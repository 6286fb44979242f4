import Messaging

extension ExampleRunner {
  /// Gives an event to the library and notes what comes of it.
  mutating func turn(_ event: LaneEvent) {
    if restoresBetweenTurns, let restored = Lane(decoding: lane.encoded()) { lane = restored }
    var run = library.followedTurn(lane, event, context)
    while let request = run.request {
      seenByStaff.append(request.argument)
      let outcome = outcomes[request.action] ?? request.usualOutcome
      let values = request.sampleValues(of: outcome).filter { context.values[$0.key] == nil }
      run = library.resumed(run, outcome: outcome, values: values, context)
    }
    trail.formUnion(run.trail ?? [])
    let turn = run.finished()
    guard case .finished(let lane, let effects) = turn else { return }
    self.lane = lane
    for effect in effects { note(effect) }
  }

  private mutating func note(_ effect: Effect) {
    switch effect {
    case .send(let message):
      transcript.append("bot: " + message.shown)
      unread.append(message)
      for timer in message.timers {
        guard let question = message.question else { continue }
        timers.append((context.now + timer.after, timer.kind, question))
      }
    case .record(let answer):
      transcript.append("answer \(answer.name) is \(answer.value)")
      answers.append((answer.name, answer.value))
    case .handOver(let team, let note):
      transcript.append("handed over to " + team)
      teams.append(team)
      seenByStaff.append(note)
    case .startTimer(let kind, let question, let due): timers.append((due, kind, question))
    case .optOut: context.isOptedOut = true
    case .optIn: context.isOptedOut = false
    case .staffInbox(let reason): transcript.append("staff inbox: " + reason.rawValue)
    case .alarm: transcript.append("alarm to staff")
    case .questionArrived: break
    }
  }

  /// Lets time pass: the timers that come due fire in their order.
  mutating func pass(until end: Instant) {
    transcript.append("later")
    var budget = 1000
    while budget > 0, let index = timers.indices.min(by: { timers[$0].due < timers[$1].due }),
      timers[index].due <= end
    {
      budget -= 1
      if timers[index].kind != .forget, delayToOpening(index) { continue }
      let timer = timers.remove(at: index)
      context.now = timer.due
      turn(.timer(timer.kind, question: timer.question))
    }
    context.now = end
  }

  /// Lets a timer that comes due outside the sending hours wait for the next opening.
  ///
  /// They are 9:00 to 20:00 from Monday to Saturday; the question's later timers wait as much
  /// longer. False when it need not wait.
  private mutating func delayToOpening(_ index: Int) -> Bool {
    let due = timers[index].due
    var (day, minute) = context.clock.localTime(due)
    guard day.weekday == .sunday || !(540..<1200).contains(minute) else { return false }
    if minute >= 1200 { (day, minute) = (day + 1, 0) }
    if day.weekday == .sunday { day = day + 1 }
    let delay = context.clock.instant(day, 540) - due
    let question = timers[index].question
    for other in timers.indices
    where timers[other].question == question && timers[other].kind != .forget {
      timers[other].due = timers[other].due + delay
    }
    return true
  }

  /// Starts the conversation of the example; what is wrong with that, or nil.
  mutating func start(by source: StartSource) -> String? {
    if let left = takeUnread() { return left }
    guard let program = library.program(conversation), program.startFrom.contains(source) else {
      return "“start from:” does not name \(source.rawValue)"
    }
    transcript.append("started by: " + source.rawValue)
    turn(
      .start(
        conversation: conversation, step: nil, values: fillIns,
        poll: source == .poll ? context.polls.first?.poll.id : nil))
    return nil
  }

  /// Closes every poll now.
  mutating func closePolls() {
    transcript.append("poll closes")
    context.polls = context.polls.map { prepared in
      var poll = prepared.poll
      poll.closes = context.now
      return library.prepared(poll)
    }
  }

  /// The next time that the clock shows so many minutes after midnight, in UTC.
  func next(minutesAfterMidnight minutes: Int) -> Instant {
    let day: Int64 = 86_400_000
    let now = context.now.milliseconds
    let today = now - now % day + Int64(minutes) * 60_000
    return Instant(milliseconds: today > now ? today : today + day)
  }
}

extension Outgoing {
  /// The message as an example's line has it: a picture by its file, then the words.
  var shown: String {
    guard let picture else { return text }
    return "picture " + picture.url + (text.isEmpty ? "" : " " + text)
  }
}
