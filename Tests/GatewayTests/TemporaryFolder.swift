import Foundation

/// A folder that goes with its value, in memory where the machine has such a file system: the tests
/// are about what was flushed, not about how long a flush takes.
final class TemporaryFolder {
  private let folder: URL

  init() throws {
    let memory = URL(filePath: "/dev/shm")
    let isInMemory = FileManager.default.isWritableFile(atPath: memory.path)
    folder = (isInMemory ? memory : FileManager.default.temporaryDirectory)
      .appendingPathComponent("commonthread-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}
