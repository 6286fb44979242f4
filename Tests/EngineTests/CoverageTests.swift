import Testing

@testable import Engine

@Suite struct CoverageTests {
  private static let steps = """
    step a
      ask shut:
        Does it shut?
        - yes: Yes -> b
        - no: No -> c
        not understood 2 times -> c
        no answer after 1 day -> c

    step b
      report danger: It shuts.
        - logged -> d

    step c
      end

    step d
      say: Thank you.
      end

    """

  private func codes(_ examples: String) -> [String] {
    let files =
      Fixtures.sharedFiles + [
        ("a.txt", Fixtures.conversation(Self.steps)), ("a.examples.txt", examples),
      ]
    return Checker.check(files: files, hash: Fixtures.hash).findings.map { "\($0.line) \($0.code)" }
  }

  @Test func `what no example comes by is named at its line`() {
    #expect(codes("") == ["9 W709", "17 W709", "21 W709", "24 W709"])
    #expect(
      codes("example one\n  resident: TRY\n  bot: ...\n  resident: yes\n  bot: ...")
        == ["13 W710", "21 W709"])
    #expect(
      codes("example one\n  resident: TRY\n  bot: ...\n  resident: no")
        == ["12 W710", "17 W709", "24 W709"])
  }

  @Test func `examples count together, and silence is a visit`() {
    let yes = "example one\n  resident: TRY\n  bot: ...\n  resident: yes\n  bot: ...\n\n"
    #expect(codes(yes + "example two\n  resident: TRY\n  bot: ...\n  later: 2 days") == ["13 W710"])
    #expect(codes(yes + "example two\n  resident: TRY\n  bot: ...\n  resident: no") == [])
  }
}
