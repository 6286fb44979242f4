import Foundation
import Testing

@testable import Engine

@Suite struct ExampleTests {
  @Test func `the language page's conversations do what their examples say`() {
    let report = Fixtures.check([
      ("door-check.txt", Fixtures.doorCheck), ("golden-thread.txt", Fixtures.goldenThread),
    ])
    #expect(report.findings.map(\.description) == [])
    #expect(report.conversations.count == 2)
    #expect(report.examples == 9)
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
