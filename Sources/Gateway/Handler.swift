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
    try step(limit: limit, isCounted: false)
  }

  /// The same; `isCounted` says that the tries were counted before they are made.
  private func step(limit: Int, isCounted: Bool) throws -> Int {
    let turns = EventTurns(
      library: shelf.library, settings: settings, environment: environment, now: environment.now())
    return try database.write(.inbound, "handle") { transaction in
      let events = try transaction.nextEvents(limit: limit)
      var failed: Set<String> = []
      for event in events where !failed.contains(event.lane) || event.lane.isEmpty {
        guard event.attempts < Self.triesAllowed + (isCounted ? 1 : 0) else {
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
          if !isCounted { try transaction.countTry(of: event.sequence) }
        }
      }
      return events.count
    }
  }

  /// Handles what was waiting when the process started, one event at a time, each counted as failed
  /// before it is tried; called once, before the first `step`.
  ///
  /// So an event that brings the whole process down three times is given to staff at the next start. The first
  /// one that fails by itself is left, with all behind it, to `step`, which keeps the order.
  public func recover() throws {
    var last: Int64 = 0
    for _ in 0..<Self.carefulEvents {
      guard let next = try database.read({ try $0.firstEvent() }), next > last else { return }
      last = next
      try database.write(.inbound, "try") { try $0.countTry(of: next) }
      _ = try step(limit: 1, isCounted: true)
    }
  }

  private static let triesAllowed = 3
  private static let carefulEvents = 64
}
