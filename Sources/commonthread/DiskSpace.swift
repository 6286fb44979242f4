import Glibc

/// The room on the disk of a file, and the ballast that can be thrown off when there is none.
enum DiskSpace {
  /// The bytes that are free for us on the disk that holds the path; nil when it cannot be told.
  static func free(at path: String) -> Int64? {
    var figures = statvfs()
    guard statvfs(path, &figures) == 0 else { return nil }
    return Int64(figures.f_bavail) * Int64(figures.f_frsize)
  }

  /// Makes the ballast, a file of 64 MiB beside the database.
  ///
  /// Removing it gives the gateway room to start again on a full disk. Nothing happens where it is
  /// there, or where the disk has little room left.
  static func makeBallast(beside database: String) {
    let path = database + ".ballast"
    guard access(path, F_OK) != 0, (free(at: database) ?? 0) > 2 << 30 else { return }
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    if posix_fallocate(file, 0, 64 << 20) != 0 { unlink(path) }
  }
}
