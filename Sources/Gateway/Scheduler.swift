import Engagement
import Engine
import Messaging
import Store

/// The step that turns due timers into events.
///
/// A timer that would have us say something waits for the sending hours; the end of a session does
/// not. Each timer leaves in the same commit that puts its event in, so that it fires once.
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
    let opening = hours.nextOpening(from: now)
    let isDue = try database.read { try $0.hasDueTimer(now: now) }
    guard isDue else { return 0 }
    return try database.write(.bulk, "timers") { transaction in
      let timers = try transaction.dueTimers(now: now, limit: limit)
      for timer in timers {
        if timer.kind != TimerKind.forget.rawValue, let opening, opening > now {
          try transaction.setTimer(timer, at: opening)
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
}
