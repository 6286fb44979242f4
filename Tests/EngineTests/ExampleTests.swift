import Foundation
import Testing

@testable import Engine

@Suite struct ExampleTests {
  @Test func `the language page's conversations do what their examples say`() {
    let report = Fixtures.check([
      ("door-check.txt", Fixtures.doorCheck), ("golden-thread.txt", Fixtures.goldenThread),
    ])
    #expect(report.findings.map(\.description) == [])
    #expect(report.conversations == 2)
    #expect(report.examples == 9)
  }

  @Test(arguments: ["Say", "NewMessage", "Ask", "Go", "End", "When", "SetValue", "HandOver", "Act"])
  func `the example in a statement's comment runs`(statement: String) throws {
    let path = "Sources/Engine/Language/Statements/\(statement).swift"
    let lines = Fixtures.text(of: path).split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "/// ```text"))
    let end = try #require(lines[start...].firstIndex(of: "/// ```"))
    let text = lines[(start + 1)..<end].map { $0.dropFirst(4) }.joined(separator: "\n")
    let report = Fixtures.check([("example.txt", text)])
    #expect(report.findings.map(\.description) == [])
    #expect(report.examples > 0)
  }

  @Test func `every statement has an example in its comment`() {
    #expect(
      statementKinds.map { String(describing: $0) }
        == ["Say", "NewMessage", "Ask", "Go", "End", "When", "SetValue", "HandOver", "Act"])
  }

  @Test func `an example that fails shows what was said so far`() {
    let wrong = Fixtures.doorCheck.replacing("bot: Thank you, that is all.", with: "bot: Bye.")
    let findings = Fixtures.check([("door-check.txt", wrong)]).findings
    #expect(findings.map(\.code) == ["E602"])
    let text = findings.first?.description ?? ""
    #expect(text.contains("this was sent: “Elm Homes: Thank you, that is all.”"))
    #expect(text.contains("    resident: yess\n"))
    #expect(text.contains("  > bot: Bye."))
  }
}
