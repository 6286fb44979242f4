import Messaging
import SQLite
import Store
import Testing

@Suite struct HealthTests {
  private static let now = Instant(milliseconds: 1_795_000_000_000)
  private static let resident = Address(scheme: .tel, value: "+447700900123")

  @Test func `an empty database has waited for nothing`() throws {
    #expect(
      try health(of: try GatewayDatabase(now: Self.now).database)
        == Health())
  }

  @Test func `each figure is the oldest of its kind`() throws {
    let gateway = try GatewayDatabase(now: Self.now)
    try gateway.database.write(.bulk, "fill") { transaction in
      for minutes in [5, 9, 7] {
        try transaction.add(
          EventRecord(
            lane: Self.resident.text, kind: .caseClosed, channel: "",
            at: Self.now - .minutes(minutes)))
      }
      try transaction.noteBackup(now: Self.now - .hours(9))
      try transaction.noteBackup(now: Self.now - .hours(2))
    }
    for minutes in [3, 8, 4] { try gateway.queue(due: Self.now - .minutes(minutes)) }
    try gateway.queue(due: Self.now + .minutes(1))
    for minutes in [30, 61, 45] {
      let id = try gateway.queue(due: Self.now)
      try gateway.settle(id, as: .unknown, now: Self.now - .minutes(minutes))
    }
    for minutes in 1...60 { try gateway.callBack(at: Self.now - .minutes(60 - minutes)) }
    let health = try health(of: gateway.database)
    // Events are handled in their order, so that the first one has waited longest.
    #expect(health.oldestEvent == Self.now - .minutes(5))
    #expect(health.oldestDue == Self.now - .minutes(8))
    #expect(health.oldestUnknown == Self.now - .minutes(61))
    #expect(health.callbacks == (0...50).map { Self.now - .minutes($0) })
    #expect(health.lastBackup == Self.now - .hours(2))
  }

  private func health(of database: Database) throws -> Health {
    try database.read { try $0.health(now: Self.now) }
  }
}
