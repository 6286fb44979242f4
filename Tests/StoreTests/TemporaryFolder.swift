import Foundation

/// A folder that goes with its value.
struct TemporaryFolder: ~Copyable {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("commonthread-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The bytes of a file in it; -1 when it is not there.
  func size(_ name: String) -> Int {
    let found = try? FileManager.default.attributesOfItem(atPath: path(name))[.size]
    return (found as? NSNumber)?.intValue ?? -1
  }
}
