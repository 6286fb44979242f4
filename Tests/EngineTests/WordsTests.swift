import Messaging
import Testing

@testable import Engine

@Suite struct WordsTests {
  @Test(arguments: [
    ("1 day", Duration.days(1)), ("25 hours", .hours(25)), ("90 minutes", .minutes(90)),
    ("2 weeks", .days(14)), ("520 weeks", .days(3640)),
  ])
  func `lengths of time`(words: String, duration: Duration) {
    #expect(Duration(words: words) == duration)
  }

  @Test(arguments: [
    "", "day", "0 days", "-1 days", "3", "3 fortnights", "99999999999999 days", "1.5 days",
    "600 weeks",
  ])
  func `what is no length of time`(words: String) {
    #expect(Duration(words: words) == nil)
  }

  @Test(arguments: [
    ("a, b ,c", ["a", "b", "c"]), ("a, \"b, c\"", ["a", "\"b, c\""]), ("", [""]),
    ("a,", ["a", ""]),
  ])
  func `parts between separators outside quotation marks`(text: String, parts: [String]) {
    #expect(text.parts(between: ",") == parts)
  }

  @Test func `cuts at the first and last separator`() {
    #expect("a -> b -> c".cut(at: "->")?.after == "b -> c")
    #expect("a -> b -> c".cutAtLast("->")?.before == "a -> b")
    #expect("a".cut(at: ":") == nil)
  }

  @Test(arguments: [
    ("...", "anything"), ("...", ""), ("a ... c", "a b c"), ("a ...", "a"), ("... c", "b c"),
    ("... b ...", "a b c"), ("a b", "a\nb"), ("a ... a", "a a"), ("a", "a"),
  ])
  func `patterns that fit`(pattern: String, text: String) {
    #expect(Wildcards.matches(pattern, text))
  }

  @Test(arguments: [
    ("a", "b"), ("a ... c", "a b"), ("... d ...", "a b c"), ("a ... a", "a"), ("", "a"),
  ])
  func `patterns that do not fit`(pattern: String, text: String) {
    #expect(!Wildcards.matches(pattern, text))
  }

  @Test func `the nearest word is offered, a far one is not`() {
    #expect(Spelling.nearest(to: "reprot", among: ["report", "thanks"]) == "report")
    #expect(Spelling.nearest(to: "purple", among: ["report", "thanks"]) == nil)
    #expect(Spelling.nearest(to: "", among: []) == nil)
  }

  @Test(arguments: [(2.0, "2"), (2.5, "2.5"), (-3, "-3"), (1e300, "1e+300")])
  func `numbers are said without needless decimals`(number: Double, text: String) {
    #expect(numberText(number) == text)
  }
}
