import Foundation
import Messaging
import Store
import Support
import Testing

@testable import commonthread

extension ProcessTests {
  /// T17 through the real commands: serve, backup, restore.
  @Suite struct BackupProcessTests {
    @Test func `a restored backup forgets no STOP and texts nobody twice`() throws {
      let twilio = try TwilioDouble(Landlord.account)
      let landlord = try Landlord(.init(apiURL: twilio.apiURL, inFlight: 50, hasJournal: true))
      let listener = try ListenSocket()
      twilio.connect(to: listener.port)
      let first = try RunningServe(landlord, .init(listener: listener))
      let residents = TextingResidents(
        .init(stopPercent: 8, seed: SplitMix64.chosenSeed), at: twilio)
      #expect(eventually { twilio.deliveries.count > 100 })
      let backup = landlord.folder + "/backup.sqlite"
      let made = try CommandRun("backup", backup, of: landlord)
      #expect(made.status == 0, "\(made.error)")
      let before = twilio.deliveries.count
      #expect(eventually { twilio.deliveries.count > before + 100 })
      let texts = residents.stop()
      #expect(eventually { first.metrics()["commonthread_events_waiting"] == 0 })
      first.kill()

      try FileManager.default.removeItem(atPath: landlord.database)
      let restored = try CommandRun("restore", backup, of: landlord)
      #expect(restored.status == 0, "\(restored.error)")
      #expect(restored.out.hasPrefix("Restored."))
      let second = try RunningServe(landlord, .init(listener: listener))
      #expect(eventually { second.metrics()["commonthread_events_waiting"] == 0 })
      try expectStops(of: texts, landlord)
      #expect(second.terminate() == 0)
      let audit = Audit(texts, log: try landlord.messages(), deliveries: twilio.deliveries)
      #expect(audit.doubledOrMisdirected == [])
      #expect(audit.afterStop == [])
    }

    /// Nobody whose last word was STOP can be written to; everybody else can.
    private func expectStops(of texts: [TextingResidents.Text], _ landlord: Landlord) throws {
      var stopped: [String: Bool] = [:]
      for text in texts where text.acknowledged != nil {
        switch text.kind {
        case .stop: stopped[text.number] = true
        case .start: stopped[text.number] = false
        case .word: continue
        }
      }
      for isStopped in [true, false] {
        let numbers = stopped.filter { $0.value == isStopped }.keys.sorted().prefix(5)
        #expect(!numbers.isEmpty)
        for number in numbers {
          let run = try CommandRun("send", number, "A new life.", of: landlord)
          #expect(run.status == (isStopped ? 1 : 0), "\(number)")
          #expect(run.error.contains("has texted STOP") == isStopped)
        }
      }
    }

    @Test func `a backup is for its owner, is noted, and never replaces a file`() throws {
      let landlord = try Landlord()
      let serve = try RunningServe(landlord)
      let backup = landlord.folder + "/backup.sqlite"
      #expect(try CommandRun("backup", backup, of: landlord).status == 0)
      #expect(try rights(backup) == 0o600)
      #expect(try lastBackup(landlord) != nil)
      let again = try CommandRun("backup", backup, of: landlord)
      #expect(again.status == 1)
      #expect(again.error.contains("is there already"))
      #expect(serve.terminate() == 0)
      let left = try FileManager.default.contentsOfDirectory(atPath: landlord.folder)
      #expect(!left.contains { $0.contains("unfinished") })
    }

    @Test func `restore refuses while serve runs, and touches nothing`() throws {
      let landlord = try Landlord()
      let serve = try RunningServe(landlord)
      let backup = landlord.folder + "/backup.sqlite"
      #expect(try CommandRun("backup", backup, of: landlord).status == 0)
      let run = try CommandRun("restore", backup, of: landlord)
      #expect(run.status == 1)
      #expect(run.error.contains("in use by another commonthread"))
      #expect(serve.status(of: "/readyz") == 200)
      #expect(serve.terminate() == 0)
    }

    @Test(arguments: ["missing", "damaged", "foreign", "newer", "no journal", "text"])
    func `what cannot be restored is refused, and the database stays`(kind: String) throws {
      let landlord = try Landlord(.init(hasJournal: kind == "no journal"))
      #expect(try CommandRun("send", "07700 900123", "Hello.", of: landlord).status == 0)
      let backup = landlord.folder + "/backup.sqlite"
      #expect(try CommandRun("backup", backup, of: landlord).status == 0)
      try spoil(backup, kind, landlord)
      let before = FileManager.default.contents(atPath: landlord.database)
      let run = try CommandRun("restore", backup, of: landlord)
      #expect(run.status == 1)
      #expect(run.error.split(separator: "\n").count == 1)
      #expect(FileManager.default.contents(atPath: landlord.database) == before)
      let left = try FileManager.default.contentsOfDirectory(atPath: landlord.folder)
      #expect(!left.contains { $0.contains("restor") || $0.contains("before") }, "\(left)")
      if kind == "no journal" {
        #expect(
          try CommandRun("restore", backup, "--without-journal", of: landlord).status == 0)
      }
    }

    private func spoil(_ backup: String, _ kind: String, _ landlord: Landlord) throws {
      switch kind {
      case "missing": try FileManager.default.removeItem(atPath: backup)
      case "text": try landlord.write("These are the minutes.", to: "backup.sqlite")
      case "no journal": try FileManager.default.removeItem(atPath: landlord.journal)
      case "damaged":
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: backup))
        try file.seek(toOffset: 4096 * 2)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
        try file.close()
      case "foreign":
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: backup))
        try file.seek(toOffset: 68)
        try file.write(contentsOf: Data([0, 0, 0, 7]))
        try file.close()
      default:
        let database = try open(backup)
        try database.write(.bulk, "newer") {
          try $0.execute("INSERT INTO migrations VALUES (99, 'newer', 0)")
        }
        database.close()
      }
    }

    @Test(arguments: 0...5)
    func `a restore cut off between any two steps is gone on with by running it again`(
      steps: Int
    ) throws {
      let landlord = try Landlord()
      #expect(try CommandRun("send", "07700 900123", "Hello.", of: landlord).status == 0)
      let backup = landlord.folder + "/backup.sqlite"
      #expect(try CommandRun("backup", backup, of: landlord).status == 0)
      try landlord.write("the log of the old database", to: "landlord.sqlite-wal")
      let old = FileManager.default.contents(atPath: landlord.database)
      let replacement = DatabaseReplacement(
        database: landlord.database, aside: landlord.database + ".before-then")
      try FileManager.default.copyItem(atPath: backup, toPath: replacement.copy)
      for step in replacement.steps.prefix(steps) { try step() }
      // Serve starts on the whole old database or on the whole new one, and on nothing between.
      let isUnderWay = (2...3).contains(steps)
      let start = try CommandRun("send", "07700 900124", "Hello.", of: landlord)
      #expect(start.status == (isUnderWay ? 1 : 0), "\(start.error)")
      #expect(start.error.contains("Run commonthread restore again") == isUnderWay)
      if steps > 0 {
        #expect(FileManager.default.contents(atPath: replacement.aside)?.count == old?.count)
        let log = FileManager.default.contents(atPath: replacement.aside + "-wal") ?? Data()
        #expect(steps < 2 || String(decoding: log, as: UTF8.self) == "the log of the old database")
      }
      let again = try CommandRun("restore", backup, of: landlord)
      #expect(again.status == 0, "\(again.error)")
      #expect(try landlord.messages().map(\.status) == ["unknown"])
      let serve = try RunningServe(landlord)
      #expect(serve.terminate() == 0)
    }

    private func open(_ path: String) throws -> Database {
      var options = DatabaseOptions()
      options.allowsUnsafeFileSystem = true
      return try Database(path: path, options: options)
    }

    private func lastBackup(_ landlord: Landlord) throws -> Instant? {
      let readers = try ReaderPool(path: landlord.database)
      defer { readers.close() }
      return try readers.read { try $0.health(now: Instant(milliseconds: 0)).lastBackup }
    }

    private func rights(_ path: String) throws -> Int? {
      (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?
        .intValue
    }
  }
}
