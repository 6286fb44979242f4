import HTTP
import Testing

@Suite struct JSONTests {
  private let value: JSON = [
    "text": "words", "count": 3, "share": 0.5, "yes": true, "nothing": nil, "list": [1, "two"],
    "caf\u{E9}": 1, "text": "second",
  ]

  @Test func `a value is reached by name and index`() {
    #expect(value["text"]?.string == "words")
    #expect(value["count"]?.integer == 3)
    #expect(value["count"]?.number == 3)
    #expect(value["share"]?.number == 0.5)
    #expect(value["yes"]?.bool == true)
    #expect(value["nothing"]?.isNull == true)
    #expect(value["list"]?[1]?.string == "two")
    #expect(value["list"]?.array?.count == 2)
    #expect(value.members?.count == 8)
  }

  @Test func `what is not there, or of another kind, is nil`() {
    #expect(value["missing"] == nil)
    #expect(value["cafe\u{301}"] == nil)
    #expect(value["text"]?["inner"] == nil)
    #expect(value["list"]?[2] == nil)
    #expect(value["list"]?[-1] == nil)
    #expect(value["text"]?.integer == nil)
    #expect(value["share"]?.integer == nil)
    #expect(value["count"]?.string == nil)
    #expect(value["count"]?.bool == nil)
    #expect(value["yes"]?.number == nil)
    #expect(value["list"]?.members == nil)
    #expect(value.array == nil)
  }
}
