import Foundation
import HTTP
import Testing

@testable import commonthread

extension ProcessTests {
  /// The tutorial, followed to the letter.
  @Suite struct FirstConversationTests {
    /// A fenced block of the page.
    private struct Block {
      var kind: String
      var lines: [String]
    }

    private static let blocks: [Block] = {
      let path =
        Landlord.repository
        + "/Sources/commonthread/Documentation.docc/FirstConversation.md"
      let page = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      var blocks: [Block] = []
      var isOpen = false
      for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("```") {
          isOpen.toggle()
          if isOpen { blocks.append(Block(kind: String(line.dropFirst(3)), lines: [])) }
        } else if isOpen {
          blocks[blocks.count - 1].lines.append(String(line))
        }
      }
      return blocks
    }()

    @Test func `each step of it gives what the page shows`() throws {
      #expect(Self.blocks.count { $0.kind == "conversation" } == 4)
      #expect(Self.blocks.count { $0.kind == "console" } == 5)
      let landlord = try Landlord()
      for block in Self.blocks {
        if block.kind == "conversation" {
          try landlord.write(
            block.lines.joined(separator: "\n") + "\n", to: "conversations/lift.txt")
        } else if block.lines[0] == "$ commonthread talk" {
          try follow(talk: Array(block.lines.dropFirst()), landlord)
        } else {
          #expect(block.lines[0] == "$ commonthread check conversations")
          try follow(check: Array(block.lines.dropFirst()), landlord)
        }
      }
    }

    private func follow(talk lines: [String], _ landlord: Landlord) throws {
      let typed = lines.filter { $0.hasPrefix("you> ") }.map { $0.dropFirst(5) + "\n" }.joined()
      let run = try CommandRun("talk", of: landlord, input: typed)
      #expect(run.status == 0)
      #expect(run.out == lines.joined(separator: "\n") + "\n")
    }

    /// Compares which errors are found on which lines; their words are those of the day.
    private func follow(check lines: [String], _ landlord: Landlord) throws {
      let run = try CommandRun(["check", "--json", "conversations/lift.txt"], in: landlord)
      #expect(run.status == (lines.isEmpty ? 0 : 1))
      let found = try run.jsonLines().filter { $0["isError"]?.bool == true }.map { finding in
        "conversations/\(finding["file"]?.string ?? ""):\(finding["line"]?.integer ?? 0): "
          + (finding["code"]?.string ?? "")
      }
      #expect(found == lines)
    }
  }
}
