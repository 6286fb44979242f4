import Glibc

/// Puts a finished copy in the place of the database, so that a cut at any moment leaves both whole.
///
/// The copy is made at `copy`. Once it is complete, the steps give the old files a second name, mark
/// with the name `ready` that they are under way, and move it to its place in one rename. As long as
/// `ready` is there no command writes the database.
struct DatabaseReplacement {
  /// The database file.
  let database: String
  /// The name that the old database keeps; its log has the same with `-wal`.
  let aside: String

  /// Where the copy is made.
  var copy: String { database + ".restoring" }

  /// Where the copy is while it waits for its place.
  var ready: String { Self.ready(database) }

  /// What is to be done, in its order; the caller holds the database's lock.
  var steps: [() throws(Problem) -> Void] {
    [keepOld, markReady, dropOldLog, takePlace, settle]
  }

  /// Throws when a replacement was cut off before its end.
  static func requireNone(at database: String) throws(Problem) {
    guard access(ready(database), F_OK) == 0 else { return }
    throw Problem(
      description:
        "A restore was cut off. Run commonthread restore again. To go on without it, put "
        + "the newest \(database).before-… and its -wal back and remove \(ready(database)).")
  }

  /// Removes what an earlier try left of a copy.
  func removeCopy() {
    for suffix in ["", "-wal", "-shm", "-journal", ".lock"] { unlink(copy + suffix) }
  }

  private static func ready(_ database: String) -> String { database + ".restored" }

  private func keepOld() throws(Problem) {
    for suffix in ["-wal", ""] where access(database + suffix, F_OK) == 0 {
      guard link(database + suffix, aside + suffix) == 0 else {
        throw Problem(
          description: "Cannot keep \(database)\(suffix) as \(aside)\(suffix) "
            + "(error \(errno)). Nothing is changed; check the folder's rights and the disk.")
      }
    }
  }

  private func markReady() throws(Problem) {
    try move(copy, to: ready)
  }

  /// The old log must not be there when the new file takes its place: it is of another database.
  private func dropOldLog() throws(Problem) {
    for suffix in ["-wal", "-shm"] where unlink(database + suffix) != 0 && errno != ENOENT {
      throw Problem(
        description: "Cannot remove \(database)\(suffix) (error \(errno)). Run restore again.")
    }
  }

  private func takePlace() throws(Problem) {
    try move(ready, to: database)
  }

  /// Puts the new names on the disk.
  private func settle() throws(Problem) {
    let name = database.lastIndex(of: "/").map { String(database[...$0]) } ?? "."
    let folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    defer { close(folder) }
    guard fsync(folder) == 0 else {
      throw Problem(description: "The disk did not take the new names. Run restore again.")
    }
  }

  private func move(_ from: String, to place: String) throws(Problem) {
    guard rename(from, place) == 0 else {
      throw Problem(
        description: "Cannot rename \(from) to \(place) (error \(errno)). Run restore again.")
    }
  }
}
