import Foundation
import SQLite
import Store
import Support
import Testing

@Suite struct StartChecksTests {
  @Test(
    arguments: [
      (0x6969, "NFS"), (0x517B, "SMB"), (0xFF53_4D42, "CIFS"), (0xFE53_4D42, "SMB2"),
      (0x6573_5546, "FUSE"), (0x794C_7630, "overlayfs"),
    ] as [(UInt32, String)])
  func `a file system that can lose data is refused by name`(magic: UInt32, name: String) {
    #expect(throws: StoreError.unsafeFileSystem(name)) { try StartChecks.fileSystem(magic: magic) }
  }

  @Test(arguments: [0xEF53, 0x0102_1994, 0x5846_5342, 0x9123_683E] as [UInt32])
  func `ext4, tmpfs, XFS and Btrfs are taken`(magic: UInt32) throws {
    try StartChecks.fileSystem(magic: magic)
  }

  @Test func `a folder that is not there is refused with the system's reason`() {
    #expect(throws: StoreError.unopenable(path: "/no/such", errorNumber: ENOENT)) {
      try Database(path: "/no/such/a.sqlite")
    }
  }

  @Test(arguments: [
    (3_040_001, true), (3_044_005, true), (3_044_006, false), (3_045_000, true),
    (3_050_006, true), (3_050_007, false), (3_051_002, true), (3_051_003, false),
    (3_053_000, false),
  ])
  func `a version with the log fault is noticed`(version: Int, isNoticed: Bool) {
    #expect(StartChecks.notices(versionNumber: version).isEmpty != isNoticed)
  }

  @Test func `the file, its log and its lock are for their owner alone`() throws {
    let folder = try TemporaryFolder()
    let notes = try NoteDatabase(folder.path("a.sqlite"))
    try notes.add("private")
    for name in ["a.sqlite", "a.sqlite-wal", "a.sqlite-shm", "a.sqlite.lock"] {
      let found = try FileManager.default.attributesOfItem(atPath: folder.path(name))
      #expect((found[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
    }
  }

  @Test(arguments: [0, 77] as [Int64])
  func `another program's database is refused and left as it was`(id: Int64) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    do {
      let other = try Connection(path: path, access: .readWrite)
      try other.execute("CREATE TABLE theirs (x); PRAGMA application_id = \(id)")
    }
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: StoreError.foreign(applicationID: id)) {
      try Database(path: path, options: .forTests)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `a file that is no database is refused and left as it was`() throws {
    let folder = try TemporaryFolder()
    let url = URL(fileURLWithPath: folder.path("a.sqlite"))
    let text = Data(String(repeating: "These are the minutes of the meeting. ", count: 99).utf8)
    try text.write(to: url)
    #expect(throws: StoreError.corrupt("file is not a database")) {
      try Database(path: url.path, options: .forTests)
    }
    #expect(try Data(contentsOf: url) == text)
  }

  @Test(arguments: [2, 5, 9, 20])
  func `a damaged page is found at the start`(page: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    do {
      let notes = try NoteDatabase(path)
      for number in 1...300 { try notes.add("\(number) " + String(repeating: "x", count: 400)) }
      notes.database.close()
    }
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try file.seek(toOffset: UInt64((page - 1) * 4096))
    try file.write(contentsOf: Data(repeating: 0xFF, count: 64))
    try file.close()
    let error = #expect(throws: StoreError.self) {
      try Database(path: path, options: .forTests)
    }
    #expect(error?.code == "database-corrupt")
  }

  @Test func `a damaged file never traps, whatever bits are flipped`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    do {
      let notes = try NoteDatabase(path)
      for number in 1...60 { try notes.add("\(number) " + String(repeating: "x", count: 200)) }
      notes.database.close()
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var random = SplitMix64(seed: 11)
    for round in 0..<200 {
      var damaged = whole
      for _ in 0..<8 {
        let place = Int(random.next() % UInt64(whole.count))
        damaged[place] ^= UInt8(truncatingIfNeeded: 1 << (random.next() % 8))
      }
      let copy = folder.path("\(round).sqlite")
      try damaged.write(to: URL(fileURLWithPath: copy))
      guard let notes = try? NoteDatabase(copy, .onCaller) else { continue }
      let found = try? notes.notes()
      #expect((found?.count ?? 0) <= 60)
    }
  }
}
