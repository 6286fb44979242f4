import Support
import Testing

@testable import commonthread

@Suite struct CommaSeparatedRowsTests {
  @Test(arguments: [
    ("", []), ("\u{FEFF}", []), ("a", [["a"]]), ("a\n", [["a"]]), ("a\r\nb", [["a"], ["b"]]),
    ("a\rb\n\nc", [["a"], ["b"], [""], ["c"]]), ("a,b,c\n", [["a", "b", "c"]]),
    ("a,\n,b", [["a", ""], ["", "b"]]), (",", [["", ""]]), ("\u{FEFF}a,b", [["a", "b"]]),
    ("\"a,b\",c", [["a,b", "c"]]), ("\"a\"\"b\"\r\n", [["a\"b"]]), ("\"\"", [[""]]),
    ("a,\"two\r\nlines\"\nb", [["a", "two\nlines"], ["b"]]), ("5\" pipe,x", [["5\" pipe", "x"]]),
    ("\"\"\"\"", [["\""]]),
  ])
  func `rows are read as RFC 4180 says`(text: String, fields: [[String]]) {
    let rows = Array(CommaSeparatedRows(Array(text.utf8)))
    #expect(rows.map(\.fields) == fields)
    #expect(rows.allSatisfy { $0.fault == nil })
  }

  @Test func `a row knows its line, also after a text of several lines`() {
    let rows = CommaSeparatedRows(Array("a\r\n\"b\n\nc\",d\n\ne".utf8))
    #expect(rows.map(\.line) == [1, 2, 5, 6])
  }

  @Test(arguments: [
    ("a\n\"b\"c,d\ne", "Something follows the quote"), ("a\n\"b\ne", "never closed"),
    ("a\n\"\"\"\ne", "never closed"),
  ])
  func `a wrong quote is a fault of its row`(text: String, fault: String) throws {
    let rows = Array(CommaSeparatedRows(Array(text.utf8)))
    #expect(rows[0].fault == nil)
    #expect(try #require(rows[1].fault).contains(fault))
    #expect(rows.dropFirst(2).allSatisfy { $0.fields == ["e"] && $0.fault == nil })
  }

  @Test func `bytes that are no UTF-8 are a fault of their row`() throws {
    let rows = Array(CommaSeparatedRows(Array("a,".utf8) + [0xE9, 10] + Array("b".utf8)))
    #expect(try #require(rows[0].fault).contains("UTF-8"))
    #expect(rows[1] == .init(line: 2, fields: ["b"]))
  }

  @Test func `random bytes never trap, and every line is of some row`() {
    var random = SplitMix64(seed: 4180)
    let letters: [UInt8] = [10, 13, 34, 44, 34, 44, 65, 0, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF]
    for _ in 0..<10_000 {
      let count = Int.random(in: 0..<60, using: &random)
      let bytes = (0..<count).map { _ in letters.randomElement(using: &random) ?? 0 }
      var last = 0
      for row in CommaSeparatedRows(bytes) {
        #expect(row.line > last)
        last = row.line
        #expect(!row.fields.isEmpty || row.fault != nil)
      }
      #expect(last <= count + 1)
    }
  }
}
