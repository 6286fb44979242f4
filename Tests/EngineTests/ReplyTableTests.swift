import Messaging
import Testing

@testable import Engine

/// `Fixtures/replies.txt`: questions as a script writes them, and what replies to them must mean.
struct ReplyTable {
  /// One row.
  struct Row: Sendable, CustomTestStringConvertible {
    let line: Int
    let question: String
    let reply: String
    /// What is kept; nil when the reply must not be understood.
    let meaning: String?
    let matcher: QuestionMatcher

    var testDescription: String { "\(line): \(question): \(reply)" }
  }

  private(set) var rows: [Row] = []
  private(set) var findings: [Diagnostic] = []

  /// The table as it stands in the repository.
  static let shipped = ReplyTable(Fixtures.text(of: "Tests/EngineTests/Fixtures/replies.txt"))

  init(_ text: String) {
    var node: SourceNode?
    var matcher: QuestionMatcher?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let number = index + 1
      if line.isEmpty || line.hasPrefix("note:") {
        continue
      } else if line.hasPrefix("ask ") {
        node = SourceNode(line: number, indent: 0, text: String(line), followsBlank: false)
        matcher = nil
      } else if line.hasPrefix("  - ") {
        node?.children.append(
          SourceNode(line: number, indent: 2, text: line.trimmed, followsBlank: false))
      } else if let question = node, let split = line.lastRange(of: " = ") {
        let ready = matcher ?? prepared(question)
        matcher = ready
        let meaning = String(line[split.upperBound...])
        rows.append(
          Row(
            line: number, question: question.text,
            reply: String(line[..<split.lowerBound]).replacing("\\n", with: "\n"),
            meaning: meaning == "?" ? nil : meaning, matcher: ready))
      }
    }
  }

  /// The matcher of the question that such a line of a script asks.
  private mutating func prepared(_ node: SourceNode) -> QuestionMatcher {
    var reader = FileReader(file: "replies.txt", vocabulary: ShippedWords.vocabulary)
    var asking = AskReader(node: node)
    let head = node.text.contains("(") ? "answer " + node.text.dropFirst(4) : "answer"
    let ask = asking.ask(head + ": What?", &reader)
    findings += reader.findings.filter { !["E405", "E406"].contains($0.code) }
    return ask.matcher
  }
}

extension Substring {
  fileprivate func lastRange(of part: String) -> Range<Index>? { ranges(of: part).last }
}

@Suite struct ReplyTableTests {
  @Test(arguments: ReplyTable.shipped.rows)
  func `a reply means what the table says, and nothing is guessed`(row: ReplyTable.Row) {
    let reply = FoldedReply(row.reply)
    let match = row.matcher.match(reply, ReplyContext(today: someTuesday, sureOnly: false))
    #expect(match.answer?.stored == row.meaning)
  }

  @Test(arguments: ReplyTable.shipped.rows)
  func `what is sure is also understood, and the same`(row: ReplyTable.Row) {
    let sure = row.matcher.answer(to: FoldedReply(row.reply), on: someTuesday, sureOnly: true)
    #expect(sure == nil || sure?.stored == row.meaning)
  }

  @Test func `the table is long, names every type and repeats nothing`() {
    let table = ReplyTable.shipped
    #expect(table.findings.map(\.description) == [])
    #expect(table.rows.count >= 400)
    let keys = table.rows.map { "\($0.question) \(Array($0.reply.utf8))" }
    #expect(Set(keys).count == keys.count)
    for words in [
      "yes or no", "choices,", "number", "date", "time", "postcode", "phone", "email", "code",
      "words",
    ] {
      #expect(table.rows.contains { $0.question.contains("(" + words) }, "\(words)")
    }
  }
}
