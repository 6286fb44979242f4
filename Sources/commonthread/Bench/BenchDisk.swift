import FoundationEssentials
import Glibc
import SQLite

/// Where a measurement keeps its database.
final class BenchDisk: Sendable {
  /// The path of the database.
  let path: String
  /// The name of SQLite's virtual file system; nil for the machine's own.
  let fileSystem: String?

  private let model: CrashFileSystem?
  private let folder: String?

  /// A file of that path, or one in a folder for temporary files; with `flushMilliseconds` a disk in
  /// memory whose every flush takes so long, which is the same on every machine.
  init(path: String?, flushMilliseconds: Double?) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/commonthread-bench-\(getpid())"
    self.folder = path == nil ? folder : nil
    self.path = path ?? folder + "/bench.sqlite"
    if path == nil {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    model = flushMilliseconds.map { milliseconds in
      let microseconds = UInt32(milliseconds * 1000)
      return CrashFileSystem(seed: 1) { usleep(microseconds) }
    }
    fileSystem = model?.name
  }

  /// Another place on the same disk.
  func path(named name: String) -> String { path + "." + name }

  /// Removes the folder that it made.
  func remove() {
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
  }
}
