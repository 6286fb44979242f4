import Messaging

extension ExampleRunner {
  /// Gives an event to the library and notes what comes of it.
  mutating func turn(_ event: LaneEvent) {
    if restoresBetweenTurns, let restored = Lane(decoding: lane.encoded()) { lane = restored }
    var turn = library.turn(lane, event, context)
    while case .needs(let request, let suspended) = turn {
      seenByStaff.append(request.argument)
      let usual = ActionKind.all.first { $0.words == request.action }?.outcomes.first
      turn = library.resume(
        suspended, outcome: outcomes[request.action] ?? usual ?? "", context)
    }
    guard case .finished(let lane, let effects) = turn else { return }
    self.lane = lane
    for effect in effects { note(effect) }
  }

  private mutating func note(_ effect: Effect) {
    switch effect {
    case .send(let message):
      transcript.append("bot: " + message.text)
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
      let timer = timers.remove(at: index)
      context.now = timer.due
      turn(.timer(timer.kind, question: timer.question))
    }
    context.now = end
  }

  /// The next time that the clock shows so many minutes after midnight, in UTC.
  func next(minutesAfterMidnight minutes: Int) -> Instant {
    let day: Int64 = 86_400_000
    let now = context.now.milliseconds
    let today = now - now % day + Int64(minutes) * 60_000
    return Instant(milliseconds: today > now ? today : today + day)
  }
}
