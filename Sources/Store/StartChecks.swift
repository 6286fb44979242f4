import Glibc
import SQLite

/// What is looked at before a database is trusted.
public enum StartChecks {
  /// The mark in the header of our files: `CMTD`.
  static let applicationID: Int64 = 0x434D_5444

  /// File systems that do not keep what SQLite needs (locks, shared memory, ordered flushes), by
  /// their magic numbers in `/usr/include/linux/magic.h`.
  private static let unsafeFileSystems: [UInt32: String] = [
    0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB2", 0x6573_5546: "FUSE",
    0x794C_7630: "overlayfs", 0x0102_1997: "9P", 0x5346_414F: "AFS", 0x00C3_6400: "Ceph",
  ]

  /// Notices about the linked SQLite, a sentence each; empty for none.
  ///
  /// Versions 3.7.0 to 3.51.2 can damage a file when two connections write or checkpoint at the same
  /// instant (fixed in 3.51.3, 3.50.7 and 3.44.6). One connection alone writes here, so that it
  /// cannot happen; other programs must not write the file. Source: <https://www.sqlite.org/changes.html>.
  public static func notices(versionNumber: Int = SQLiteLibrary.versionNumber) -> [String] {
    let isFixed =
      versionNumber >= 3_051_003 || (3_050_007..<3_051_000).contains(versionNumber)
      || (3_044_006..<3_045_000).contains(versionNumber)
    guard !isFixed, versionNumber >= 3_007_000 else { return [] }
    return [
      "SQLite \(SQLiteLibrary.version) has the WAL-reset fault: "
        + "let no other program write or checkpoint the database."
    ]
  }

  /// Throws for a path on a file system that can lose what was stored.
  static func fileSystem(ofFolderOf path: String) throws(StoreError) {
    let folder = Self.folder(of: path)
    guard let magic = FileSystem.magic(of: folder) else {
      throw .unopenable(path: folder, errorNumber: errno)
    }
    try fileSystem(magic: magic)
  }

  /// Throws `unsafeFileSystem` for the magic number of one that can lose what was stored.
  public static func fileSystem(magic: UInt32) throws(StoreError) {
    guard let name = unsafeFileSystems[magic] else { return }
    throw .unsafeFileSystem(name)
  }

  /// Makes the file, empty and for its owner alone, where there is none.
  ///
  /// SQLite gives its log the rights of the file. This must come before the file is opened: closing
  /// any descriptor of it would drop SQLite's locks.
  static func createFile(_ path: String) throws(StoreError) {
    let made = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard made >= 0 else {
      guard errno == EEXIST else { throw .unopenable(path: path, errorNumber: errno) }
      return
    }
    close(made)
  }

  /// Throws `foreign` for another program's database, and marks an empty one as ours.
  static func ownership(of connection: borrowing Connection) throws {
    let found = try connection.number("PRAGMA application_id")
    guard found != applicationID else { return }
    guard found == 0, try connection.number("SELECT count(*) FROM sqlite_schema") == 0 else {
      throw StoreError.foreign(applicationID: found)
    }
    try connection.set(.init("application_id", "\(applicationID)"))
  }

  /// Throws an error that `isCorruption` for a file without seals on a file system that keeps them.
  ///
  /// All our files are born with them; so the byte of the header that tells of them is damaged.
  static func seals(of connection: borrowing Connection) throws(SQLiteError) {
    guard connection.isSealed == false else { return }
    throw SQLiteError(code: 11, message: "the pages carry no seals", statement: "open")
  }

  /// Throws `corrupt` when the file does not hold together; reads the whole of it.
  static func integrity(of connection: borrowing Connection) throws {
    let findings = try connection.prepare("PRAGMA quick_check(1)")
    let first = try findings.next { $0.text(0) }
    guard first != "ok" else { return }
    // The finding stands in the last line; the one before names the database.
    throw StoreError.corrupt(
      first?.split(separator: "\n").last.map(String.init) ?? "the check gave no answer")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension Connection {
  /// The first column of the first row, as a whole number; 0 when there is none.
  borrowing func number(_ sql: StaticString) throws -> Int64 {
    try prepare(sql).next { $0.integer(0) } ?? 0
  }
}
