import Testing

@testable import Engine

/// Eight mistakes that authors make.
@Suite struct AuthorMistakesTests {
  /// What is changed in which file, the place of the one finding, and words that it holds.
  struct Slip: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let from: String
    let into: String
    let code: String
    /// The line with the mistake begins with this.
    let line: String
    let says: String
  }

  static let slips: [Slip] = [
    Slip(
      testDescription: "a wrong step name", from: "-> person", into: "-> persn",
      code: "E301", line: "not understood 2 times -> persn", says: "did you mean “person”?"),
    Slip(
      testDescription: "a reserved word", from: "- no: No", into: "- no: No (also quit)",
      code: "E217", line: "- no: No (also quit)", says: "“quit” is a word that opts people out"),
    Slip(
      testDescription: "a missing outcome", from: "    - unknown -> told\n", into: "",
      code: "E310", line: "check code", says: "add a line “- unknown -> step”"),
    Slip(
      testDescription: "a loose end", from: "that is all.\n  end", into: "that is all.",
      code: "E401", line: "say: Thank you", says: "add a line “-> step” or “end”"),
    Slip(
      testDescription: "text not indented", from: "  say: Thank you", into: "Thank you",
      code: "E102", line: "Thank you", says: "indent it under what it belongs to"),
    Slip(
      testDescription: "a misspelt setting", from: "forget after:", into: "forget aftr:",
      code: "E102", line: "forget aftr", says: "did you mean “forget after”?"),
    Slip(
      testDescription: "a wrong expectation", from: "bot: Thank you, that is all.",
      into: "bot: Thanks, that is all.", code: "E602", line: "bot: Thanks",
      says: "this was sent: “Thank you, that is all.”"),
    Slip(
      testDescription: "a misspelt header", from: "step told", into: "stpe told",
      code: "E102", line: "stpe told", says: "did you mean “step”?"),
  ]

  private static let conversation = """
    conversation: A door and a code
    owner: Test Team
    start when they text: TRY
    start from: resident
    languages: en
    answers: named
    forget after: 4 days

    step door
      ask door:
        Does your front door shut?
        - yes: Yes -> code
        - no: No -> code
        not understood 2 times -> person
        no answer after 1 day -> person

    step code
      check code AB-1234:
        - good -> told
        - used -> told
        - unknown -> told

    step told
      say: Thank you, that is all.
      end

    step person
      hand over to Test Team: A reply was not understood.

    example the door shuts
      resident: TRY
      bot: ...
      resident: yes
      bot: Thank you, that is all.
    """

  @Test(arguments: slips)
  func `a mistake gives one plain finding at its line`(slip: Slip) throws {
    let good = Self.conversation
    #expect(Fixtures.check([("a.txt", good)]).findings == [])
    #expect(good.contains(slip.from))
    let bad = good.replacing(slip.from, with: slip.into, maxReplacements: 1)
    let findings = Fixtures.check([("a.txt", bad)]).findings
    #expect(findings.map(\.code) == [slip.code])
    let finding = try #require(findings.first)
    let lines = bad.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[finding.line - 1].trimmed.hasPrefix(slip.line))
    #expect(finding.description.contains(slip.says))
  }
}
