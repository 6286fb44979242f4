import Engagement
import Engine
import Messaging
import Store

/// The step that turns due timers into events.
///
/// A timer that would have us say something waits for the sending hours, and the question's later
/// ones wait as much longer, so that a reminder leaves the same time to answer. Each timer leaves in the same commit that puts its event in, so that it fires once.
public struct Scheduler: Sendable {
  private let database: Database
  private let hours: SendingHours
  private let environment: Environment

  /// Makes the step.
  public init(database: Database, settings: GatewaySettings, environment: Environment) {
    self.database = database
    hours = settings.hours
    self.environment = environment
  }

  /// Fires what is due, at most `limit` timers, and returns how many came due.
  public func step(limit: Int = 200) throws -> Int {
    let now = environment.now()
    let opening = environment.nextOpening(of: hours, now: now)
    let isDue = try database.read { try $0.hasDueTimer(now: now) }
    guard isDue else { return 0 }
    return try database.write(.bulk, "timers") { transaction in
      let timers = try transaction.dueTimers(now: now, limit: limit)
      var delayed: Set<Question> = []
      for timer in timers {
        let question = Question(address: timer.address, number: timer.question)
        let endsSession = timer.kind == TimerKind.forget.rawValue
        guard endsSession || !delayed.contains(question) else { continue }
        if !endsSession, let opening, opening > now {
          try transaction.delayTimers(
            of: timer.address, question: timer.question, by: opening - timer.due,
            but: TimerKind.forget.rawValue)
          delayed.insert(question)
        } else {
          try transaction.drop(timer)
          try transaction.add(
            EventRecord(
              lane: timer.address.text, kind: .timer, channel: "", subject: timer.kind,
              number: timer.question, at: now))
        }
      }
      return timers.count
    }
  }

  private struct Question: Hashable {
    let address: Address
    let number: Int
  }
}
