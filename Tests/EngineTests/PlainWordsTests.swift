import Testing

@testable import Engine

@Suite struct PlainWordsTests {
  /// The warnings about what is said, examples left aside.
  private func warnings(
    _ words: String, files: [(name: String, text: String)] = [], settings: String = ""
  ) -> [String] {
    let text = Fixtures.conversation("step a\n  say:\n    \(words)\n  end")
      .replacing("answers: named", with: "answers: named" + settings)
    return Checker.check(
      files: Fixtures.sharedFiles + files + [("a.txt", text)], hash: Fixtures.hash
    ).findings.map(\.code).filter { $0 != "W709" }
  }

  @Test(arguments: [
    ("We look at each void home.", ["W706"]), ("Avoid the lift.", []),
    ("Going forward, shut the door.", ["W707"]), ("Go on. Look into it!", ["W707"]),
    ("See https://example.org/x now.", ["W708"]), ("See example.org.uk, please.", ["W708"]),
    ("Write to us@example.org now.", []), ("Text us.Then wait for Mr. Smith.", []),
    ("It’s “here” – now…", []), ("Thank you 👍", ["W702"]), ("It costs 5€ [or less].", []),
  ])
  func `words, links and costly characters`(words: String, codes: [String]) {
    #expect(warnings(words) == codes)
  }

  @Test func `a landlord adds words of its own`() {
    let list = [("jargon.txt", "note: ours\nwhite goods: fridge or cooker\nsinking fund")]
    #expect(warnings("We fix white goods.", files: list) == ["W706"])
    #expect(warnings("The sinking-fund pays.", files: list) == ["W706"])
    #expect(warnings("We fix white goods.") == [])
  }

  @Test func `what a regulator fixed is left alone`() {
    for question in LockedTexts.questions { #expect(warnings(question) == [], "\(question)") }
    let changed = LockedTexts.questions[0].replacing(
      "{landlord}?", with: "{landlord}, would you say?")
    #expect(!warnings(changed).isEmpty)
  }

  @Test func `a warning can be allowed, with a reason`() {
    let allowed = "\nlint allow: W706 (residents asked for this word), long sentence (for once)"
    #expect(warnings("We look at each void home.", settings: allowed) == [])
    #expect(warnings("Going forward, shut the door.", settings: allowed) == ["W707"])
  }

  @Test func `letters of a translation are how its words are spelt`() {
    let text = Fixtures.conversation("step a\n  say: Fire.\n    cy: WORDS\n  end")
      .replacing("languages: en", with: "languages: en, cy")
    func codes(_ words: String) -> [String] {
      Checker.check(
        files: Fixtures.sharedFiles + [("a.txt", text.replacing("WORDS", with: words))],
        hash: Fixtures.hash
      ).findings.map(\.code).filter { $0 != "W709" }
    }
    #expect(codes("Tân.") == [])
    #expect(codes("Tân ✓") == ["W702"])
    #expect(codes("آگ ✓") == [])
  }
}
