import Dispatch
import SQLite
import Store
import Support
import Synchronization
import Testing

@Suite struct GroupCommitFailureTests {
  @Test func `after a failed commit every waiter has an error and nothing is written`() throws {
    let folder = try TemporaryFolder()
    let isBroken = Mutex(false)
    let flush = SQLiteError(code: 1034, message: "disk I/O error", statement: "COMMIT")
    var options = DatabaseOptions.forTests
    options.faults = CommitFaults { () throws(SQLiteError) in
      if isBroken.withLock({ $0 }) { throw flush }
    }
    let failures = SharedList<String>()
    let path = folder.path("a.sqlite")
    do {
      let notes = try NoteDatabase(path, options) { error, during in
        failures.append("\(error.code) in \(during)")
      }
      try notes.add("kept")
      let threads = WaitingThreads()
      let ends = SharedList<StoreError?>()
      let isOver = notes.hold(on: threads)
      for number in 1...100 {
        notes.queue(on: threads, ends: ends) { transaction in
          try transaction.add("lost \(number)")
          if number % 5 == 0 { throw Refusal() }
        }
      }
      isBroken.withLock { $0 = true }
      isOver.signal()
      threads.wait()
      isBroken.withLock { $0 = false }
      #expect(ends.all.count == 100)
      #expect(ends.all.allSatisfy { $0 == .commitFailed(flush) || $0 == .failed })
      #expect(throws: StoreError.failed) { try notes.add("later") }
      #expect(notes.database.isHealthy == false)
      #expect(notes.database.failure == .commitFailed(flush))
      #expect(try notes.notes() == ["kept"])
      notes.database.close()
    }
    #expect(failures.all == ["commit-failed in commit"])
    #expect(try NoteDatabase(path).notes() == ["kept"])
  }

  @Test(arguments: [false, true])
  func `a full disk loses the group, also where the job hides it`(isHidden: Bool) throws {
    let folder = try TemporaryFolder()
    var options = DatabaseOptions.forTests
    options.pragmas = [.init("max_page_count", "20")]
    let path = folder.path("a.sqlite")
    do {
      let notes = try NoteDatabase(path, options)
      try notes.add("kept")
      let threads = WaitingThreads()
      let ends = SharedList<StoreError?>()
      let isOver = notes.hold(on: threads)
      notes.queue(on: threads, ends: ends) { try $0.add("neighbour") }
      notes.queue(on: threads, ends: ends) { transaction in
        do throws(SQLiteError) {
          try transaction.add(String(repeating: "x", count: 200_000))
        } catch {
          if !isHidden { throw error }
        }
      }
      notes.queue(on: threads, ends: ends) { try $0.add("another") }
      isOver.signal()
      threads.wait()
      #expect(ends.all.count == 3)
      #expect(ends.all.allSatisfy { $0 == .diskFull || $0 == .failed })
      #expect(throws: StoreError.failed) { try notes.add("later") }
      #expect(try notes.notes() == ["kept"])
      notes.database.close()
    }
    #expect(try NoteDatabase(path).notes() == ["kept"])
  }

  @Test(arguments: BrokenFile.Kind.allCases, [DatabaseOptions.Threading.ownThread, .caller])
  func `a log that cannot be written is the end of writing`(
    kind: BrokenFile.Kind, threading: DatabaseOptions.Threading
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    var options = DatabaseOptions.forTests
    options.threading = threading
    let failures = SharedList<String>()
    let notes = try NoteDatabase(path, options) { error, during in
      failures.append("\(error.code) in \(during)")
    }
    try notes.add("kept")
    try BrokenFile.breakAll(path + "-wal", kind)
    let error = #expect(throws: StoreError.self) { try notes.add("lost") }
    #expect(error?.code == (kind == .full ? "disk-full" : "commit-failed"))
    #expect(throws: StoreError.failed) { try notes.add("later") }
    notes.database.close()
    #expect(failures.all == ["\(error?.code ?? "") in commit"])
    #expect(try NoteDatabase(path).notes() == ["kept"])
  }

  @Test(arguments: BrokenFile.Kind.allCases)
  func `a file that the log cannot be copied into is the end of writing, and loses nothing`(
    kind: BrokenFile.Kind
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let failures = SharedList<String>()
    let notes = try NoteDatabase(path) { error, during in
      failures.append("\(error.code) in \(during)")
    }
    try BrokenFile.breakAll(path, kind)
    var acknowledged: [String] = []
    let filling = String(repeating: "x", count: 100_000)
    while notes.database.isHealthy, acknowledged.count < 1000 {
      let text = "\(acknowledged.count) \(filling)"
      do { try notes.add(text) } catch { continue }
      acknowledged.append(text)
    }
    #expect(acknowledged.count > 10)
    #expect(throws: StoreError.failed) { try notes.add("later") }
    notes.database.close()
    #expect(failures.all == [(kind == .full ? "disk-full" : "commit-failed") + " in checkpoint"])
    let found = try NoteDatabase(path).notes()
    #expect(found == acknowledged)
  }

  @Test(arguments: ["COMMIT", "ROLLBACK"])
  func `a job that ends the transaction stops all writing`(sql: String) throws {
    let notes = try NoteDatabase(":memory:", .onCaller)
    #expect(throws: StoreError.self) {
      try notes.database.write(.bulk, "rogue") { try $0.execute(sql) }
    }
    #expect(throws: StoreError.failed) { try notes.add("later") }
  }
}
