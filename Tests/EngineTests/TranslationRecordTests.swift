import Testing

@testable import Engine

@Suite struct TranslationRecordTests {
  private static func text(_ english: String, _ welsh: String) -> String {
    Fixtures.conversation(
      "step a\n  say: \(english)\n    cy: \(welsh)\n  end\n\nexample a\n  resident: TRY\n  bot: ..."
    )
    .replacing("languages: en", with: "languages: en, cy")
  }

  private func codes(_ english: String, _ welsh: String, record: String) -> [String] {
    Checker.check(
      files: Fixtures.sharedFiles + [
        ("a.txt", Self.text(english, welsh)), (TranslationRecord.fileName, record),
      ], hash: Fixtures.hash
    ).findings.map { "\($0.line) \($0.code)" }
  }

  @Test func `a translation is older when its source changed and it did not`() throws {
    let library = try Fixtures.library([("a.txt", Self.text("Shut it.", "Caewch ef."))])
    let record = TranslationRecord.text(for: library)
    #expect(codes("Shut it.", "Caewch ef.", record: record) == [])
    #expect(codes("Shut it now.", "Caewch ef.", record: record) == ["11 W712"])
    #expect(codes("Shut it now.", "Caewch ef nawr.", record: record) == [])
    #expect(codes("Shut it now.", "Caewch ef.", record: "note: nothing\nnonsense") == [])
  }

  @Test func `two sources may have one translation`() throws {
    let first = try Fixtures.library([("a.txt", Self.text("Shut it.", "Caewch ef."))])
    let second = try Fixtures.library([("a.txt", Self.text("Close it.", "Caewch ef."))])
    let record = TranslationRecord.text(for: first) + TranslationRecord.text(for: second)
    #expect(codes("Close it.", "Caewch ef.", record: record) == [])
    #expect(codes("Open it.", "Caewch ef.", record: record) == ["11 W712"])
  }
}
