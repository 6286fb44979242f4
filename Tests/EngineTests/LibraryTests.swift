import Messaging
import Testing

@testable import Engine

@Suite struct LibraryTests {
  @Test func `the shared files must be there`() {
    let findings = Checker.check(files: [Fixtures.door], hash: Fixtures.hash).findings
    #expect(findings.map(\.code) == ["E001", "E001"])
    #expect(findings.map(\.file) == ["common-words.txt", "engine.txt"])
  }

  @Test func `a mistake in a shared file is a finding`() {
    let files = [Fixtures.sharedFiles[0], ("engine.txt", "say stopped: Bye"), Fixtures.door]
    let findings = Checker.check(files: files, hash: Fixtures.hash).findings
    #expect(!findings.isEmpty)
    #expect(findings.allSatisfy { $0.code == "E002" && $0.file == "engine.txt" })
  }

  @Test func `a program's hash is that of all that decides it`() throws {
    let library = try Fixtures.library([Fixtures.door])
    let hash = try #require(library.program("door-check")?.hash)
    let words = (
      "common-words.txt", Fixtures.sharedFiles[0].text + "\nnote: something changed"
    )
    let other = Library.load(
      files: [words, Fixtures.sharedFiles[1], Fixtures.door], hash: Fixtures.hash
    ).library
    #expect(other?.program("door-check")?.hash != hash)
    #expect(try Fixtures.library([Fixtures.door]).program("door-check")?.hash == hash)
    #expect(library.source(ofHash: hash)?.text == Fixtures.door.text)
    #expect(library.program(hash: hash)?.title == "Is your fire door working?")
  }

  @Test func `examples may stand beside the file`() throws {
    let examples = "example more\n  resident: DOOR CHECK\n  bot: Wrong."
    let report = Fixtures.check([Fixtures.door, ("door-check.examples.txt", examples)])
    #expect(report.findings.map(\.file) == ["door-check.examples.txt"])
    #expect(report.findings.map(\.line) == [3])
    #expect(report.examples == 7)
  }

  @Test func `a conversation tells staff what it is`() throws {
    let program = try #require(try Fixtures.library([Fixtures.golden]).program("golden-thread"))
    #expect(program.owner == "Building Safety Manager")
    #expect(program.messageClass == .safety)
    #expect(program.startFrom == [.resident, .staff])
    #expect(program.stepNames.first == "menu")
    #expect(
      program.keywords.contains(
        Keyword(words: "PAP", conversation: "golden-thread", step: "who")))
  }

  @Test func `a turn that would never end reaches a person`() throws {
    let shared = try Fixtures.library([Fixtures.door])
    let step = Program.Step(name: "a", line: 1, statements: [Go(line: 2, target: 0)])
    let endless = Program(
      id: "endless", hash: "e", file: "endless.txt", settings: Settings(), languages: ["en"],
      keywords: [], keywordLanguages: [:], steps: [step], gate: nil, numbers: [], examples: [])
    let library = Library(
      programs: [endless], sources: [:], vocabulary: shared.vocabulary, texts: shared.texts)
    let context = TurnContext(now: ExampleRunner.start, channel: "sms")
    guard
      case .finished(let lane, let effects) = library.turn(
        Lane(), .start(conversation: "endless", step: nil), context)
    else { return }
    #expect(lane.isHandedOver)
    #expect(lane.openConversation == nil)
    #expect(effects.sent.count == 1)
  }
}
