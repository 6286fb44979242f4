import SQLite
import Store
import Support
import Testing

@Suite struct InsertYardstickTests {
  @Test(arguments: [(10, 1), (10, 3), (10, 64)])
  func `every row is there, however many go into a commit`(count: Int, perCommit: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("yardstick")
    try InsertYardstick.insert(count, perCommit: perCommit, path: path, fileSystem: nil)
    let connection = try Connection(path: path, access: .readOnly)
    let rows = try connection.prepare("SELECT count(*) FROM rows").next { $0.integer(0) }
    #expect(rows == Int64(count))
  }

  @Test func `a place that cannot be written to is an error`() {
    #expect(throws: SQLiteError.self) {
      try InsertYardstick.insert(1, perCommit: 1, path: "/proc/none/yardstick", fileSystem: nil)
    }
  }
}
