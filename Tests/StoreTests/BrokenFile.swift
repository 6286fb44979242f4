import Foundation

/// Makes the system refuse every write to a file that this process has open.
///
/// Each descriptor of the file that can write is replaced by one that cannot, so that SQLite meets
/// a real error of the system, in its own file system code.
enum BrokenFile {
  /// What the descriptors become.
  enum Kind: CaseIterable {
    /// The same file, opened for reading: a write fails as on a broken disk.
    case unwritable
    /// `/dev/full`: a write fails as on a full disk.
    case full
  }

  static func breakAll(_ path: String, _ kind: Kind) throws {
    let replacement =
      switch kind {
      case .unwritable: open(path, O_RDONLY | O_CLOEXEC)
      case .full: open("/dev/full", O_RDWR | O_CLOEXEC)
      }
    guard replacement >= 0 else { throw CocoaError(.fileNoSuchFile) }
    defer { close(replacement) }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      guard let descriptor = Int32(name), descriptor != replacement,
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)"))
          == target,
        fcntl(descriptor, F_GETFL) & O_ACCMODE == O_RDWR
      else { continue }
      dup2(replacement, descriptor)
    }
  }
}
