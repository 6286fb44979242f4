import Engine
import Messaging
import Store

/// The step that handles what has happened: the next events in the order of commit.
///
/// Everything that an event leads to, the session, answers, timers, outbox rows and the end of the
/// event, is one commit. An event that fails three times is given to staff, and its lane goes on.
public struct Handler: Sendable {
  private let database: Database
  private let settings: GatewaySettings
  private let shelf: LibraryShelf
  private let environment: Environment

  /// Makes the step.
  public init(
    database: Database, settings: GatewaySettings, shelf: LibraryShelf, environment: Environment
  ) {
    self.database = database
    self.settings = settings
    self.shelf = shelf
    self.environment = environment
  }

  /// Handles at most `limit` events in one commit and returns how many it took up.
  public func step(limit: Int = 64) throws -> Int {
    let turns = EventTurns(
      library: shelf.library, settings: settings, environment: environment, now: environment.now())
    return try database.write(.inbound, "handle") { transaction in
      let events = try transaction.nextEvents(limit: limit)
      var failed: Set<String> = []
      for event in events where !failed.contains(event.lane) || event.lane.isEmpty {
        guard event.attempts < Self.triesAllowed else {
          try turns.park(event, in: transaction)
          continue
        }
        do {
          try transaction.part { part in
            try turns.handle(event, in: part)
            try part.finish(event)
          }
        } catch {
          failed.insert(event.lane)
          try transaction.countFailure(of: event)
        }
      }
      return events.count
    }
  }

  /// Handles what was waiting when the process started, one event at a time, each counted as failed
  /// before it is tried; called once, before the first `step`.
  ///
  /// So an event that brings the whole process down is given to staff after three starts.
  public func recover() throws {
    let waiting = try database.read { try $0.waitingEvents(limit: Self.carefulEvents) }
    for sequence in waiting {
      try database.write(.inbound, "try") { try $0.countTry(of: sequence) }
      _ = try step(limit: 1)
    }
  }

  private static let triesAllowed = 3
  private static let carefulEvents = 64
}
