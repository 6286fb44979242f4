import SQLite
import Testing

@Suite struct SQLiteErrorTests {
  @Test(arguments: [
    ("INSERT INTO a VALUES (1, 'x')", true), ("INSERT INTO a VALUES (2, NULL)", false),
    ("INSERT INTO a VALUES (2, 'taken')", true), ("INSERT INTO a VALUES (2, 5.5e1000)", false),
  ])
  func `a constraint is told by its code`(sql: String, isUnique: Bool) throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    try connection.execute(
      """
      CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT NOT NULL UNIQUE CHECK (t != 'Inf')) STRICT;
      INSERT INTO a VALUES (1, 'taken')
      """)
    let error = #expect(throws: SQLiteError.self) { try connection.execute(sql) }
    #expect(error?.isConstraintViolation == true)
    #expect(error?.isUniqueViolation == isUnique)
    #expect(error?.isGrave == false)
  }

  @Test func `an error names the statement and never a value`() throws {
    let connection = try Connection(path: ":memory:", access: .readWrite)
    try connection.execute("CREATE TABLE people (phone TEXT UNIQUE) STRICT")
    let error = #expect(throws: SQLiteError.self) {
      for _ in 1...2 {
        let insert = try connection.prepare("INSERT INTO people VALUES (?)")
        try insert.bind("07700900123", at: 1)
        try insert.run()
      }
    }
    #expect(error?.statement == "INSERT INTO people VALUES (?)")
    #expect(error?.message == "UNIQUE constraint failed: people.phone")
    #expect(error?.description.contains("07700900123") == false)
  }

  @Test(
    arguments: [
      (13, true), (10, true), (11, true), (26, true), (1034, true), (5, false), (19, false),
      (1, false), (9, false),
    ] as [(Int32, Bool)])
  func `full, input and output, and damage are grave`(code: Int32, isGrave: Bool) {
    #expect(SQLiteError(code: code, message: "", statement: "").isGrave == isGrave)
  }
}
