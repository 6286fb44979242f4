import Foundation
import Synchronization
import Testing

@testable import commonthread

@Suite struct RoomTests {
  private static let mebibyte: Int64 = 1 << 20

  @Test(
    arguments: [
      (nil, true, true), (.max, true, true), (1024 * mebibyte, true, true),
      (1024 * mebibyte - 1, false, true), (256 * mebibyte, false, true),
      (256 * mebibyte - 1, false, false), (0, false, false),
    ] as [(Int64?, Bool, Bool)])
  func `under 1 GiB nothing is sent, under 256 MiB nothing is taken`(
    free: Int64?, maySend: Bool, mayReceive: Bool
  ) {
    let room = Room { free }
    #expect(room.isEnoughToSend == maySend)
    #expect(room.isEnoughToReceive == mayReceive)
  }

  @Test func `it is as it was when it was last looked at`() {
    let free = Mutex<Int64?>(0)
    let room = Room { free.withLock { $0 } }
    free.withLock { $0 = 2048 * Self.mebibyte }
    #expect(!room.isEnoughToSend)
    #expect(room.look() == 2048 * Self.mebibyte)
    #expect(room.isEnoughToSend)
  }

  @Test func `the ballast is 64 MiB that are really taken, for its owner, and made once`() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/ballast-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let database = folder + "/a.sqlite"
    try Data().write(to: URL(fileURLWithPath: database))
    try #require((DiskSpace.free(at: database) ?? 0) > 4 << 30)
    for _ in 0..<2 {
      DiskSpace.makeBallast(beside: database)
      let found = try FileManager.default.attributesOfItem(atPath: database + ".ballast")
      #expect((found[.size] as? NSNumber)?.int64Value == 64 * Self.mebibyte)
      #expect((found[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      let taken = try URL(fileURLWithPath: database + ".ballast")
        .resourceValues(forKeys: [.totalFileAllocatedSizeKey]).totalFileAllocatedSize
      #expect(taken ?? Int(64 * Self.mebibyte) >= 64 * Self.mebibyte)
    }
  }
}
