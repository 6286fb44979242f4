import HTTP
import Testing

@Suite struct FormFieldsTests {
  private static let bodies: [(String, [(String, String)])] = [
    ("", []),
    ("a=1&b=2", [("a", "1"), ("b", "2")]),
    ("b=2&a=1&b=3", [("b", "2"), ("a", "1"), ("b", "3")]),
    ("&&a=1&&", [("a", "1")]),
    ("a", [("a", "")]),
    ("=", [("", "")]),
    ("a=b=c", [("a", "b=c")]),
    (
      "From=%2B447700900123&Body=Yes+please%21",
      [("From", "+447700900123"), ("Body", "Yes please!")]
    ),
    ("caf%C3%A9=%F0%9F%98%80", [("café", "😀")]),
  ]

  @Test(arguments: bodies)
  func `fields come in order`(body: String, expected: [(String, String)]) throws {
    let fields = try FormFields(parsing: Array(body.utf8))
    #expect(fields.fields == expected.map { FormFields.Field($0.0, $0.1) })
  }

  @Test func `a name is looked up by its bytes`() throws {
    let fields = try FormFields(parsing: Array("a=1&a=2&caf%C3%A9=3".utf8))
    #expect(fields.first("a") == "1")
    #expect(fields.all("a") == ["1", "2"])
    #expect(fields.first("caf\u{E9}") == "3")
    #expect(fields.first("cafe\u{301}") == nil)
    #expect(fields.first("b") == nil)
    #expect(fields.all("b").isEmpty)
  }

  @Test func `what is encoded is read back`() throws {
    var fields = FormFields()
    fields.append("To", "+447700900123")
    fields.append("Body", "Line 1\r\nLine & 2 = 100% ~*-._ é😀")
    fields.append("", "")
    let body = fields.encoded()
    #expect(
      String(decoding: body, as: UTF8.self)
        == "To=%2B447700900123&Body=Line+1%0D%0ALine+%26+2+%3D+100%25+%7E*-._+%C3%A9%F0%9F%98%80&=")
    #expect(try FormFields(parsing: body) == fields)
  }

  @Test func `a thousand fields are read and one more is refused`() throws {
    let thousand = Array(repeating: "a=1", count: 1_000).joined(separator: "&")
    #expect(try FormFields(parsing: Array(thousand.utf8)).fields.count == 1_000)
    #expect(throws: FormFields.Malformed.tooManyFields) {
      try FormFields(parsing: Array((thousand + "&a").utf8))
    }
  }

  @Test(arguments: [
    ("a=%4", PercentCoding.Malformed.percentSequence), ("%zz=1", .percentSequence),
    ("a=%FF", .notUTF8),
  ])
  func `what cannot be read exactly is refused`(body: String, reason: PercentCoding.Malformed) {
    #expect(throws: FormFields.Malformed.coding(reason)) {
      try FormFields(parsing: Array(body.utf8))
    }
  }

  @Test func `random bytes never trap, and what is read is written and read alike`() {
    forRandomBytes(of: "ab=&%+4C3A9", seed: 1) { bytes in
      guard let fields = try? FormFields(parsing: bytes) else { return }
      #expect((try? FormFields(parsing: fields.encoded())) == fields)
    }
  }
}
