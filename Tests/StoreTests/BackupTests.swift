import Foundation
import SQLite
import Store
import Support
import Testing

@Suite struct BackupTests {
  @Test func `a backup under load is one whole state, and holds what was acknowledged before`()
    throws
  {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let notes = try NoteDatabase(path)
    let acknowledged = SharedList<Int>()
    let isOver = SharedList<Bool>()
    let threads = WaitingThreads()
    threads.start {
      var number = 0
      while isOver.all.isEmpty {
        number += 1
        guard (try? notes.add("\(number)")) != nil else { return }
        acknowledged.append(number)
      }
    }
    for round in 0..<8 {
      yield(until: { acknowledged.all.count > 50 * (round + 1) })
      let before = acknowledged.all.count
      let copy = folder.path("copy\(round).sqlite")
      // As the command does it: a connection of its own beside the program that writes.
      let readers = try ReaderPool(path: path)
      try readers.backup(to: copy)
      readers.close()
      let restored = try NoteDatabase(copy)
      let found = try restored.notes()
      #expect(found.count >= before)
      #expect(found == (1...found.count).map { "\($0)" })
      let check = try restored.database.read { reader in
        try reader.all("PRAGMA integrity_check") { $0.text(0) }
      }
      #expect(check == ["ok"])
    }
    isOver.append(true)
    threads.wait()
  }

  @Test func `a backup is never written over a file that holds anything`() throws {
    let folder = try TemporaryFolder()
    let notes = try NoteDatabase(folder.path("a.sqlite"))
    try notes.add("first")
    try notes.database.backup(to: folder.path("copy.sqlite"))
    try notes.add("second")
    #expect(throws: SQLiteError.self) {
      try notes.database.backup(to: folder.path("copy.sqlite"))
    }
    #expect(try NoteDatabase(folder.path("copy.sqlite")).notes() == ["first"])
  }
}
