import HTTP
import Testing

@Suite struct JSONScanTests {
  @Test(arguments: ["[", "{\"a\":", "[[],"])
  func `a hundred thousand levels are refused before they are read`(opening: String) {
    let text = String(repeating: opening, count: 100_000)
    for json5 in [false, true] {
      let error = #expect(throws: JSONError.self) {
        try JSON(parsing: Array(text.utf8), json5: json5)
      }
      #expect(error?.reason == .tooDeep)
    }
  }

  @Test func `nesting is read up to the limit`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect(throws: Never.self) { try JSON(parsing: nested(32)) }
    let error = #expect(throws: JSONError.self) { try JSON(parsing: nested(33)) }
    #expect(error?.reason == .tooDeep)
    #expect(error?.description == "The JSON text is nested too deeply (line 1).")
  }

  @Test func `values are read up to the limit`() throws {
    let limits = JSON.Limits(values: 4)
    #expect(try JSON(parsing: Array("[1,2,3]".utf8), limits: limits) == [1, 2, 3])
    let error = #expect(throws: JSONError.self) {
      try JSON(parsing: Array("[1,2,3,4]".utf8), limits: limits)
    }
    #expect(error?.reason == .tooManyValues)
  }

  @Test func `a text is read up to the limit`() throws {
    let limits = JSON.Limits(bytes: 5)
    #expect(try JSON(parsing: Array("[1,2]".utf8), limits: limits) == [1, 2])
    let error = #expect(throws: JSONError.self) {
      try JSON(parsing: Array("[1,2] ".utf8), limits: limits)
    }
    #expect(error?.reason == .tooLong)
  }

  @Test(arguments: ["/* [", "[] /*", "/*", "/", "'", "'\\", "\"\\", "\"\\\r", "\"\\\r\n", "// ["])
  func `a comment or text without end is refused`(text: String) {
    #expect(throws: JSONError.self) { try JSON(parsing: Array(text.utf8), json5: true) }
  }
}
