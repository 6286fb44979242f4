import Engine
import HTTP

/// What `check` prints of a folder: its findings, a table of its conversations, and the sum.
struct CheckPrinter {
  /// Whether programs read it: one JSON object a line, and no table.
  let isJSON: Bool
  /// Whether a terminal shows it in colours.
  let isColoured: Bool
  /// What one SMS part costs, in pence without VAT.
  let pencePerPart: Double

  /// The lines for one folder.
  func lines(of report: Checker.Report, in folder: String) -> [String] {
    guard !isJSON else {
      return report.findings.map { $0.json.text }
        + report.conversations.map { json(of: $0, in: folder).text }
    }
    return report.findings.map { line(of: $0, in: folder) }
      + (report.conversations.isEmpty ? [] : table(of: report.conversations))
      + [sum(of: report, in: folder)]
  }

  private func line(of finding: Diagnostic, in folder: String) -> String {
    let place = painted("\(folder)/\(finding.file):\(finding.line):", .bold)
    let code = painted(finding.code, finding.isError ? .red : .yellow)
    return "\(place) \(code) \(finding.problem); \(finding.fix)"
  }

  private func sum(of report: Checker.Report, in folder: String) -> String {
    let errors = report.findings.filter(\.isError).count
    let warnings = report.findings.count - errors
    return "\(folder): \(Self.count(report.conversations.count, "conversation")), "
      + "\(Self.count(report.examples, "example")), "
      + painted(Self.count(errors, "error"), errors > 0 ? .red : .green) + ", "
      + painted(Self.count(warnings, "warning"), warnings > 0 ? .yellow : .green)
  }

  private static func count(_ count: Int, _ thing: String) -> String {
    "\(count) \(thing)\(count == 1 ? "" : "s")"
  }

  /// The table; a longest path is one that repeats no step.
  private func table(of conversations: [ConversationReport]) -> [String] {
    let head = ["conversation", "states", "paths", "longest", "parts", "pence", "examples"]
    let rows = conversations.map { conversation in
      [
        conversation.id, Self.short(conversation.states), Self.short(conversation.paths),
        Self.short(conversation.messages), Self.short(conversation.parts),
        Self.pence(conversation.pence(perPart: pencePerPart)), Self.short(conversation.examples),
      ]
    }
    let widths = head.indices.map { column in
      ([head] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([head] + rows).map { row in
      zip(row, widths).enumerated().map { column, cell in
        let gap = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + gap : gap + cell.0
      }.joined(separator: "  ")
    }
    return ["", painted(lines[0], .bold)] + lines.dropFirst() + [""]
  }

  /// A count that people can read: `12345`, `4.2 million`, `10^12`.
  static func short(_ count: Int) -> String {
    if count < 1_000_000 { return String(count) }
    if count < 1_000_000_000 {
      return "\(count / 1_000_000).\(count / 100_000 % 10) million"
    }
    let digits = String(count).count - 1
    return count == .max ? "over 10^\(digits)" : "10^\(digits)"
  }

  /// Pence to one decimal.
  static func pence(_ pence: Double) -> String {
    let tenths = Int((pence * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private enum Paint: String {
    case bold = "1"
    case red = "31"
    case green = "32"
    case yellow = "33"
  }

  private func painted(_ text: String, _ paint: Paint) -> String {
    isColoured ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }

  private func json(of conversation: ConversationReport, in folder: String) -> JSON {
    [
      "folder": .string(folder), "conversation": .string(conversation.id),
      "states": .integer(Int64(conversation.states)), "paths": .integer(Int64(conversation.paths)),
      "messages": .integer(Int64(conversation.messages)),
      "parts": .integer(Int64(conversation.parts)),
      "pence": .number(conversation.pence(perPart: pencePerPart)),
      "examples": .integer(Int64(conversation.examples)),
    ]
  }
}

extension Diagnostic {
  /// The finding as `check --json` prints it.
  fileprivate var json: JSON {
    [
      "code": .string(code), "file": .string(file), "line": .integer(Int64(line)),
      "problem": .string(problem), "fix": .string(fix), "isError": .bool(isError),
    ]
  }
}
