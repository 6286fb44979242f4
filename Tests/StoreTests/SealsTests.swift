import Foundation
import SQLite
import Store
import Support
import Testing

/// T18 on real files: a damaged byte is noticed, or changes nothing that is read.
@Suite struct SealsTests {
  @Test(arguments: ["", "-wal", "-shm"])
  func `whatever byte is damaged after a crash, the start is refused or nothing has changed`(
    suffix: String
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let files = ["", "-wal", "-shm"]
    var killed: [String: Data] = [:]
    do {
      let notes = try NoteDatabase(path, .onCaller)
      for number in 1...60 { try notes.add("\(number) " + String(repeating: "x", count: 200)) }
      notes.database.close()
      let again = try NoteDatabase(path, .onCaller)
      for number in 61...90 { try again.add("\(number) " + String(repeating: "x", count: 200)) }
      for file in files { killed[file] = try Data(contentsOf: URL(fileURLWithPath: path + file)) }
    }
    var random = SplitMix64(seed: 18)
    var refused = 0
    for round in 0..<60 {
      let copy = folder.path("\(round).sqlite")
      for file in files {
        var content = try #require(killed[file])
        if file == suffix {
          let size = suffix == "-shm" ? 136 : content.count
          content[Int(random.next() % UInt64(size))] ^= UInt8(1 << (random.next() % 8))
        }
        try content.write(to: URL(fileURLWithPath: copy + file))
      }
      do {
        let notes = try NoteDatabase(copy, .onCaller)
        let found = try notes.notes()
        #expect(found.count == 90)
        #expect(Set(found.compactMap { Int($0.prefix { $0 != " " }) }) == Set(1...90))
        #expect(found.allSatisfy { $0.hasSuffix(" " + String(repeating: "x", count: 200)) })
      } catch let error as StoreError {
        #expect(error.code == "database-corrupt")
        refused += 1
      }
    }
    #expect(suffix == "-shm" ? refused == 0 : refused >= 5)
  }

  @Test func `a file of ours without seals is refused by the writer and by readers`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    do {
      let plain = try Connection(path: path, access: .readWrite)
      try plain.execute("PRAGMA application_id = 1129141316; CREATE TABLE notes (text TEXT)")
    }
    #expect(throws: StoreError.corrupt("the pages carry no seals")) {
      try Database(path: path, options: .forTests)
    }
    #expect(throws: SQLiteError.self) { try ReaderPool(path: path) }
  }

  @Test func `damage that a reader meets ends the reading, and the next start is refused`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    do {
      let notes = try NoteDatabase(path, .onCaller)
      for number in 1...60 { try notes.add("\(number) " + String(repeating: "x", count: 200)) }
    }
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    for page in 1..<UInt64(folder.size("a.sqlite") / 4096) {
      try file.seek(toOffset: page * 4096 + 3000)
      try file.write(contentsOf: Data([1, 2, 3]))
    }
    try file.close()
    let pool = try ReaderPool(path: path)
    let error = #expect(throws: SQLiteError.self) {
      try pool.read { try $0.all("SELECT text FROM notes") { $0.text(0) } }
    }
    #expect(error?.isCorruption == true)
    #expect(throws: SQLiteError.self) { try pool.backup(to: folder.path("copy.sqlite")) }
    pool.close()
    let refusal = #expect(throws: StoreError.self) {
      try Database(path: path, options: .forTests)
    }
    #expect(refusal?.code == "database-corrupt")
  }
}
