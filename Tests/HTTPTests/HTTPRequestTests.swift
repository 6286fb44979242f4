import HTTP
import Testing

@Suite struct HTTPRequestTests {
  @Test(arguments: [
    ("Content-Type", "a"), ("content-type", "a"), ("CONTENT-TYPE", "a"), ("X@", "b"), ("X`", nil),
    ("Content-Typ", nil), ("", nil),
  ])
  func `a header is found by its name without case`(name: String, value: String?) {
    let headers = [
      HTTPHeader("Content-Type", "a"), HTTPHeader("X@", "b"), HTTPHeader("content-type", "c"),
    ]
    #expect(headers[name] == value)
  }
}
