import Foundation
import HTTP
import Testing

extension ProcessTests {
  /// `check` as another process.
  @Suite struct CheckCommandTests {
    @Test func `a folder is checked, plainly where no terminal is`() throws {
      let landlord = try Landlord()
      let run = try CommandRun(["check", "conversations"], in: landlord)
      #expect(run.status == 0)
      #expect(!run.out.contains("\u{1B}"))
      #expect(run.out.contains("\nconversation  states  paths  longest  parts  pence  examples\n"))
      #expect(run.out.contains("\nconversations: 1 conversation, "))
      #expect(run.out.split(separator: "\n").last?.contains(", 0 errors, ") == true)
    }

    @Test func `an error is exit code 1, and one JSON object a line`() throws {
      let landlord = try Landlord()
      let broken = Landlord.echo.replacingOccurrences(of: "  end\n", with: "  ende\n")
      try landlord.write(broken, to: "conversations/echo.txt")
      let run = try CommandRun(["check", "--json"], in: landlord)
      #expect(run.status == 1)
      let lines = try run.jsonLines()
      #expect(lines.compactMap { $0["code"]?.string } == ["E103"])
      #expect(lines.first?["isError"] == JSON.bool(true))
      #expect(try CommandRun(["check", "conversations/engine.txt"], in: landlord).status == 0)
    }

    @Test func `the landlord's price is taken from its configuration`() throws {
      let landlord = try Landlord()
      func pence(_ words: [String]) throws -> [Double] {
        try CommandRun(["check", "--json"] + words, in: landlord).jsonLines().compactMap {
          $0["pence"]?.number
        }
      }
      let usual = try pence([])
      let text = try String(contentsOfFile: landlord.configuration, encoding: .utf8)
      let named = try #require(text.range(of: "landlord: {") ?? text.range(of: "\"landlord\": {"))
      try landlord.write(
        text.replacingCharacters(
          in: named, with: text[named] + " \"pencePerPart\": 24,"), to: "dear.json5")
      #expect(usual.count == 1)
      #expect(try pence(["--config", "dear.json5"]) == usual.map { $0 * 10 })
    }

    @Test func `a finding is explained by its number`() throws {
      let landlord = try Landlord()
      let run = try CommandRun(["check", "--explain", "W708"], in: landlord)
      #expect(run.status == 0)
      #expect(run.out.hasPrefix("W708 A link (link)\n"))
      #expect(try CommandRun(["check", "--explain", "W999"], in: landlord).status == 1)
    }

    @Test func `translations are noted, and found when they are older`() throws {
      let landlord = try Landlord()
      let text = """
        conversation: A test
        owner: Test Team
        start when they text: TRY
        start from: resident
        languages: en, cy
        answers: named
        forget after: 4 days

        step a
          say: Shut it.
            cy: Caewch ef.
          end
        """
      try landlord.write(text, to: "conversations/a.txt")
      let noted = try CommandRun(["check", "--translated"], in: landlord)
      #expect(noted.status == 0)
      try landlord.write(noted.out, to: "conversations/translated.txt")
      #expect(!(try CommandRun(["check"], in: landlord)).out.contains("W712"))
      let changed = text.replacingOccurrences(of: "Shut it.", with: "Shut it now.")
      try landlord.write(changed, to: "conversations/a.txt")
      #expect(try CommandRun(["check"], in: landlord).out.contains("a.txt:11: W712"))
    }
  }
}
