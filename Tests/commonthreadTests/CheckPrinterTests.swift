import HTTP
import Testing

@testable import Engine
@testable import commonthread

@Suite struct CheckPrinterTests {
  private static let report = Checker.Report(
    findings: [
      Diagnostic(code: "E301", file: "a.txt", line: 9, problem: "no such step", fix: "add it"),
      Diagnostic(code: "W708", file: "b.txt", line: 3, problem: "a link", fix: "leave it out"),
    ],
    library: nil,
    conversations: [
      ConversationReport(id: "a", states: 40, paths: 12206, messages: 12, parts: 21, examples: 17),
      ConversationReport(
        id: "long-one", states: 348, paths: .max, messages: 34, parts: 59, examples: 20),
    ])

  private func printer(isJSON: Bool = false, isColoured: Bool = false) -> CheckPrinter {
    CheckPrinter(isJSON: isJSON, isColoured: isColoured, pencePerPart: 2.4)
  }

  @Test func `findings, a table and the sum`() {
    #expect(
      printer().lines(of: Self.report, in: "talks") == [
        "talks/a.txt:9: E301 no such step; add it", "talks/b.txt:3: W708 a link; leave it out", "",
        "conversation  states       paths  longest  parts  pence  examples",
        "a                 40       12206       12     21   50.4        17",
        "long-one         348  over 10^18       34     59  141.6        20",
        "",
        "talks: 2 conversations, 37 examples, 1 error, 1 warning",
      ])
  }

  @Test func `colours are for terminals`() {
    let plain = printer().lines(of: Self.report, in: "talks").joined()
    let coloured = printer(isColoured: true).lines(of: Self.report, in: "talks").joined()
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}[31mE301\u{1B}[0m"))
    #expect(coloured.contains("\u{1B}[33mW708\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
  }

  @Test func `a program reads one object a line`() throws {
    let lines = try printer(isJSON: true, isColoured: true).lines(of: Self.report, in: "talks").map
    {
      try JSON(parsing: Array($0.utf8))
    }
    #expect(lines.count == 4)
    #expect(lines[0]["code"]?.string == "E301")
    #expect(lines[0]["isError"] == JSON.bool(true))
    #expect(lines[2]["conversation"]?.string == "a")
    #expect(lines[2]["parts"]?.integer == 21)
  }

  @Test(arguments: [
    (0, "0"), (999_999, "999999"), (4_250_000, "4.2 million"), (74_373_450_773_138, "10^13"),
    (Int.max, "over 10^18"),
  ])
  func `counts can be read`(count: Int, text: String) {
    #expect(CheckPrinter.short(count) == text)
  }

  @Test func `pence have one decimal`() {
    #expect(CheckPrinter.pence(7.199999999999999) == "7.2")
    #expect(CheckPrinter.pence(0) == "0.0")
  }
}
