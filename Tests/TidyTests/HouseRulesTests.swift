import Foundation
import Testing

/// What holds for every file of the repository.
@Suite struct HouseRulesTests {
  @Test func `the top level holds what the owner fixed and nothing else`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree.top.path)
    let visible = names.filter { !$0.hasPrefix(".") }
    #expect(
      Set(visible) == ["Package.swift", "Sources", "Tests", "conversations", "README.md"])
  }

  @Test func `the manifest names no Swift package`() {
    #expect(!SourceTree.file("Package.swift").text.contains(".package("))
  }

  @Test(arguments: [
    "try!", "fatalError(", "as! ", "TODO", "FIXME", "XXX", "swift-format-ignore", "MARK:",
  ])
  func `no source gives up or puts off`(word: String) {
    #expect(SourceTree.sources.filter { $0.text.contains(word) }.isEmpty)
  }

  @Test func `no file is longer than three hundred lines`() {
    let long = (SourceTree.sources + SourceTree.tests).filter { $0.lines.count > 301 }
    #expect(long.isEmpty)
  }

  @Test func `no test sleeps: it waits for the thing itself`() {
    let words = ["Thread.", "u", "Task.", " "].map { $0 + "sl" + "eep(" }
    let sleepers = SourceTree.tests.filter { file in
      words.contains { file.text.contains($0) }
    }
    #expect(sleepers.isEmpty)
  }

  @Test func `phone numbers in what ships are Ofcom's drama numbers`() throws {
    let texts =
      SourceTree.sources + SourceTree.files(below: "conversations", ending: ".txt")
      + SourceTree.files(below: "Sources", ending: ".md") + [SourceTree.file("README.md")]
    let mobile = try Regex(#"(\+44 ?7|\b07)\d{3} ?\d{6}"#)
    let drama = try Regex(#"^(\+44 ?7700 ?900\d{3}|07700 ?900\d{3})$"#)
    for file in texts {
      for match in file.text.matches(of: mobile) {
        let number = String(file.text[match.range])
        #expect(number.wholeMatch(of: drama) != nil, "\(file): \(number)")
      }
    }
  }

  @Test func `the second command of the README is what CI runs`() {
    let readme = SourceTree.file("README.md").text
    #expect(readme.contains("\n    .ci/run\n") || readme.contains("&& .ci/run"))
    #expect(SourceTree.file(".ci/run").text.contains("swift test"))
  }
}
