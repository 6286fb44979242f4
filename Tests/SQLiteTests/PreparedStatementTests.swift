import SQLite
import Support
import Testing

@Suite struct PreparedStatementTests {
  @Test(arguments: ["", "plain", "a\0b\0", "é", "e\u{301}", "👩‍👩‍👧", "'; DROP TABLE x; --"])
  func `text comes back byte for byte`(text: String) throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    let statement = try connection.prepare("SELECT ?1, length(CAST(?1 AS BLOB)), typeof(?1)")
    try statement.bind(text, at: 1)
    try statement.next { row in
      #expect(Array(row.text(0).utf8) == Array(text.utf8))
      #expect(row.integer(1) == Int64(text.utf8.count))
      #expect(row.text(2) == "text")
      #expect(row.withTextBytes(0) { Array($0) } == Array(text.utf8))
    }
  }

  @Test(arguments: [[], [0], [0xFF, 0xFE, 0], [UInt8](repeating: 7, count: 100_000)])
  func `bytes come back, and no bytes are not NULL`(bytes: [UInt8]) throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    let statement = try connection.prepare("SELECT ?1, typeof(?1)")
    try statement.bind(bytes, at: 1)
    try statement.next { row in
      #expect(row.blob(0) == bytes)
      #expect(row.optionalBlob(0) == bytes)
      #expect(row.text(1) == "blob")
    }
  }

  @Test(arguments: [0, 1, -1, Int64.max, Int64.min])
  func `whole numbers come back`(number: Int64) throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    let statement = try connection.prepare("SELECT ?1")
    try statement.bind(number, at: 1)
    try statement.next { row in
      #expect(row.integer(0) == number)
      #expect(row.flag(0) == (number != 0))
    }
  }

  @Test func `NULL is told from empty in every form`() throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    let statement = try connection.prepare("SELECT ?1, 1.5, 'x', x'01', 3")
    try statement.bindNull(at: 1)
    try statement.next { row in
      #expect(row.isNull(0) == true)
      #expect(row.optionalInteger(0) == nil)
      #expect(row.optionalReal(0) == nil)
      #expect(row.optionalText(0) == nil)
      #expect(row.optionalBlob(0) == nil)
      #expect(row.integer(0) == 0)
      #expect(row.text(0) == "")
      #expect(row.blob(0) == [])
      #expect(row.optionalReal(1) == 1.5)
      #expect(row.optionalText(2) == "x")
      #expect(row.optionalBlob(3) == [1])
      #expect(row.optionalInteger(4) == 3)
      #expect(row.isNull(99) == true)
    }
  }

  @Test func `a value for a place that is not there is an error`() throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    let statement = try connection.prepare("SELECT ?1")
    for index in [0, 2, -1, Int.max] {
      #expect(throws: SQLiteError.self) { try statement.bind(1 as Int64, at: index) }
    }
    #expect(statement.parameterCount == 1)
    #expect(statement.columnCount == 1)
    #expect(statement.isReadOnly == true)
  }

  @Test func `a kept statement forgets its values between two uses`() throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    func read(_ value: String?) throws -> String? {
      let statement = try connection.prepare("SELECT ?1")
      if let value { try statement.bind(value, at: 1) }
      return try statement.next { $0.optionalText(0) } ?? nil
    }
    #expect(try read("secret") == "secret")
    #expect(try read(nil) == nil)
  }

  @Test func `a statement outlives its connection unharmed`() throws {
    let statement = try Connection(path: ":memory:", access: .readWrite).prepare("SELECT 42")
    #expect(try statement.next { $0.integer(0) } == 42)
  }

  @Test func `seeded random bytes go in and out as text and as bytes`() throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    var random = SplitMix64(seed: 7)
    for _ in 0..<10_000 {
      let bytes = (0..<Int(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next())
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let statement = try connection.prepare("SELECT ?1, ?2, CAST(?1 AS TEXT)")
      try statement.bind(bytes, at: 1)
      try statement.bind(text, at: 2)
      try statement.next { row in
        #expect(row.blob(0) == bytes)
        #expect(row.text(1).utf8.elementsEqual(text.utf8))
        #expect(row.text(2).utf8.elementsEqual(text.utf8))
      }
    }
  }
}
