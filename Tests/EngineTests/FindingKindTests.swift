import Foundation
import Testing

@testable import Engine

@Suite struct FindingKindTests {
  private static let folder = "Tests/EngineTests/Fixtures/findings/"

  @Test(arguments: FindingKind.all.map(\.code))
  func `each kind of finding has a file that gives it and nothing else`(code: String) throws {
    let text = Fixtures.text(of: Self.folder + code + ".txt")
    let fixture = try #require(FindingFixture(text, shared: Fixtures.sharedFiles))
    #expect(fixture.code == code)
    #expect(fixture.found(hash: Fixtures.hash) == [fixture.expected])
  }

  @Test func `there is no file for a kind that does not exist`() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Fixtures.root.appending(path: Self.folder).path())
    #expect(Set(names) == Set(FindingKind.all.map { $0.code + ".txt" }))
  }

  @Test func `every number in the sources is in the list, and the other way round`() throws {
    let sources = Fixtures.root.appending(path: "Sources/Engine")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path()))
    var used: Set<String> = []
    for case let name as String in files
    where name.hasSuffix(".swift") && !name.contains("FindingKind+") {
      let text = Fixtures.text(of: "Sources/Engine/" + name)
      for match in text.matches(of: /"([EW][0-9]{3})"/) { used.insert(String(match.output.1)) }
    }
    #expect(used == Set(FindingKind.all.map(\.code)))
  }

  @Test func `numbers and names are each there once, in order`() {
    let codes = FindingKind.all.map(\.code)
    #expect(codes.map { $0.dropFirst() } == codes.map { $0.dropFirst() }.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(Set(FindingKind.all.map(\.name)).count == codes.count)
  }

  @Test func `the page about findings is the list`() {
    let page = Fixtures.text(of: "Sources/commonthread/Documentation.docc/Findings.md")
    #expect(page == FindingKind.page + "\n")
  }

  @Test(arguments: [
    ("W705 (the regulator's words), W701 (long, but locked)", ["W705", "W701"]),
    ("jargon (residents know it)", ["W706"]), ("W705, W701 (locked)", ["E123", "W701"]),
    ("W705", ["E123"]), ("E205 (no time)", ["E123"]), ("nothing (at all)", ["E123"]),
  ])
  func `a warning is allowed by number or name, with a reason`(
    text: String, expected: [String]
  ) throws {
    var reader = FileReader(file: "a.txt", vocabulary: try #require(Fixtures.vocabulary))
    let codes = FindingKind.allowed(text, line: 1, &reader)
    #expect(reader.findings.map(\.code) + codes == expected)
  }
}
