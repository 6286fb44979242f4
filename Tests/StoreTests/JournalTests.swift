import Foundation
import Messaging
import SQLite
import Store
import Support
import Synchronization
import Testing

@Suite struct JournalTests {
  private static let resident = Address(scheme: .tel, value: "+447700900123")
  private static let neighbour = Address(scheme: .tel, value: "+447700900124")
  private static let now = Instant(milliseconds: 1_795_000_000_000)

  @Test func `what is appended is read in its order, also by the next process`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("journal")
    for number in 0..<3 as Range<Int64> {
      let journal = try Journal(path: path)
      try journal.append(Self.stop(number) + Self.start(number))
    }
    #expect(
      try Self.entries(path)
        == (0..<3).flatMap {
          [
            .optOut(Self.resident, isCarrier: false, sequence: $0),
            .optIn(Self.resident, sequence: $0),
          ]
        })
    let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect((rights as? NSNumber)?.intValue == 0o600)
  }

  @Test func `a cut last line is left out, and the next entry stands alone`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("journal")
    let whole = Self.stop(1)
    // One that lacks only its line break is whole: that is added to it.
    for count in 1..<whole.count {
      try Data(whole + whole[..<count]).write(to: URL(fileURLWithPath: path))
      #expect(try Self.entries(path).count == 1)
      try Journal(path: path).append(Self.start(2))
      #expect(try Self.entries(path).last == .optIn(Self.resident, sequence: 2))
      #expect(try Self.entries(path).count == (count == whole.count - 1 ? 3 : 2))
    }
  }

  @Test func `a file of any bytes is read without harm`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("journal")
    var random = SplitMix64(seed: 5)
    var bytes: [UInt8] = []
    for _ in 0..<10_000 {
      let count = Int.random(in: 0...60, using: &random)
      let start = [[], Self.stop(1).dropLast(3), Array("accepted ".utf8)].randomElement(
        using: &random)
      bytes += start ?? []
      bytes += (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      if Bool.random(using: &random) { bytes += Array(" .\n".utf8) }
    }
    try Data(bytes + [10] + Self.stop(7)).write(to: URL(fileURLWithPath: path))
    #expect(
      try Self.entries(path).last == .optOut(Self.resident, isCarrier: false, sequence: 7))
  }

  @Test func `a line of 64 MiB takes no memory, and what follows it is read`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("journal")
    let long = Data(repeating: UInt8(ascii: "x"), count: 64 << 20)
    try (long + Data([10] + Self.stop(7))).write(to: URL(fileURLWithPath: path))
    #expect(try Self.entries(path).count == 1)
    try long.write(to: URL(fileURLWithPath: path))
    #expect(try Self.entries(path).isEmpty)
  }

  @Test func `a journal that is not there, and one that cannot be made, are named`() throws {
    #expect(throws: JournalError(operation: "open", errorNumber: ENOENT)) {
      try Journal.read("/no/such/journal") { _ in }
    }
    #expect(throws: JournalError(operation: "open", errorNumber: ENOENT)) {
      try Journal(path: "/no/such/journal")
    }
  }

  @Test func `a journal that cannot be read or flushed says so`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: JournalError(operation: "read", errorNumber: EISDIR)) {
      try Journal.read(folder.path("")) { _ in }
    }
    // What goes to the null device is written, and kept nowhere.
    let nowhere = try Journal(path: "/dev/null")
    #expect(throws: JournalError(operation: "flush", errorNumber: EINVAL)) {
      try nowhere.append(Self.stop(1))
    }
  }

  @Test func `an entry is on the journal before its commit returns`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("journal")
    let seen = SharedList<Int>()
    var options = DatabaseOptions.onCaller
    options.journal = try Journal(path: path)
    options.faults = CommitFaults { () throws(SQLiteError) in
      seen.append((try? Self.entries(path).count) ?? -1)
    }
    let database = try Self.gateway(options)
    try Self.optOut(in: database, 1)
    try Self.optOut(in: database, 2)
    #expect(seen.all.suffix(2) == [1, 2])
  }

  @Test func `a journal that cannot be written loses the group and ends all writing`() throws {
    let isBroken = Mutex(false)
    var options = DatabaseOptions.onCaller
    options.journal = Journal { _ throws(JournalError) in
      guard isBroken.withLock({ !$0 }) else {
        throw JournalError(operation: "flush", errorNumber: EIO)
      }
    }
    let failures = SharedList<String>()
    let database = try Self.gateway(options) { failures.append("\($0.code) in \($1)") }
    try Self.optOut(in: database, 1)
    isBroken.withLock { $0 = true }
    let error = #expect(throws: StoreError.self) { try Self.optOut(in: database, 2) }
    #expect(error?.code == "commit-failed")
    isBroken.withLock { $0 = false }
    #expect(throws: StoreError.failed) { try Self.optOut(in: database, 3) }
    #expect(failures.all == ["commit-failed in journal"])
    let kept = try database.read { reader in
      try reader.first("SELECT max(sequence) FROM optouts") { $0.integer(0) }
    }
    #expect(kept == 1)
  }

  @Test func `the journal of a full disk ends all writing too`() throws {
    var options = DatabaseOptions.onCaller
    options.journal = try Journal(path: "/dev/full")
    let database = try Self.gateway(options)
    #expect(throws: StoreError.self) { try Self.optOut(in: database, 1) }
    #expect(!database.isHealthy)
  }

  @Test func `what a job or a part undoes is not on the journal`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("journal")
    var options = DatabaseOptions.onCaller
    options.journal = try Journal(path: path)
    let database = try Self.gateway(options)
    #expect(throws: Refusal.self) {
      try database.write(.inbound, "undone") { transaction in
        try transaction.recordOptOut(Self.resident, sequence: 1, isCarrier: false, now: Self.now)
        throw Refusal()
      }
    }
    try database.write(.inbound, "half") { transaction in
      try transaction.recordOptOut(Self.neighbour, sequence: 2, isCarrier: true, now: Self.now)
      try? transaction.part { part in
        try part.recordOptOut(Self.resident, sequence: 3, isCarrier: false, now: Self.now)
        throw Refusal()
      }
      try transaction.liftOptOut(Self.neighbour, sequence: 2)
      try transaction.liftOptOut(Self.neighbour, sequence: 4)
    }
    #expect(
      try Self.entries(path) == [
        .optOut(Self.neighbour, isCarrier: true, sequence: 2), .optIn(Self.neighbour, sequence: 4),
      ])
  }

  @Test func `a failed commit leaves nothing behind for the next group's lines`() throws {
    let lines = SharedList<String>()
    let isBroken = Mutex(false)
    var options = DatabaseOptions.onCaller
    options.journal = Journal { lines.append(String(decoding: $0, as: UTF8.self)) }
    options.faults = CommitFaults { () throws(SQLiteError) in
      if isBroken.withLock({ $0 }) {
        throw SQLiteError(code: 10, message: "the disk is gone", statement: "COMMIT")
      }
    }
    let database = try Self.gateway(options)
    isBroken.withLock { $0 = true }
    #expect(throws: StoreError.self) { try Self.optOut(in: database, 1) }
    #expect(lines.all.count == 1)
  }

  private static func stop(_ sequence: Int64) -> [UInt8] {
    Array(JournalEntry.optOut(resident, isCarrier: false, sequence: sequence).line.utf8)
  }

  private static func start(_ sequence: Int64) -> [UInt8] {
    Array(JournalEntry.optIn(resident, sequence: sequence).line.utf8)
  }

  private static func entries(_ path: String) throws -> [JournalEntry] {
    var entries: [JournalEntry] = []
    let count = try Journal.read(path) { entries.append($0) }
    #expect(count == entries.count)
    return entries
  }

  private static func gateway(
    _ options: DatabaseOptions,
    onFailure: @escaping @Sendable (StoreError, String) -> Void = { _, _ in }
  ) throws -> Database {
    let database = try Database(path: ":memory:", options: options, onFailure: onFailure)
    try Migrations.run(Schema.migrations, on: database, now: now)
    return database
  }

  private static func optOut(in database: Database, _ sequence: Int64) throws {
    try database.write(.inbound, "stop") {
      try $0.recordOptOut(resident, sequence: sequence, isCarrier: false, now: now)
    }
  }
}
