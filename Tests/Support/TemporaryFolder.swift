import Foundation

/// A folder that goes with its value.
public struct TemporaryFolder: ~Copyable {
  private let folder: URL

  /// Makes an empty folder: on the disk, or in memory where the machine has such a file system, for
  /// tests that are about what was flushed and not about how long a flush takes.
  public init(inMemory: Bool = false) throws {
    let memory = URL(filePath: "/dev/shm")
    let isInMemory = inMemory && FileManager.default.isWritableFile(atPath: memory.path)
    folder = (isInMemory ? memory : FileManager.default.temporaryDirectory)
      .appendingPathComponent("commonthread-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The path of a name in it.
  public func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The bytes of a file in it; -1 when it is not there.
  public func size(_ name: String) -> Int {
    let found = try? FileManager.default.attributesOfItem(atPath: path(name))[.size]
    return (found as? NSNumber)?.intValue ?? -1
  }
}
