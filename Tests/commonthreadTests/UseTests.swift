import Foundation
import HTTP
import Testing

extension ProcessTests {
  /// How commands answer to wrong use and wrong files, and those that need neither of them.
  @Suite struct UseTests {
    @Test(arguments: [
      [], ["wonder"], ["serve", "now"], ["serve", "--fast"], ["serve", "--config"],
      ["send", "07700 900123"], ["send", "07700 900123", "one", "two"],
      ["send", "--file"], ["send", "--file", "list.csv", "one", "two"],
      ["messages", "--after", "x"],
      ["messages", "--xml"], ["reload", "--json"], ["wire", "--loud"],
      ["check-config", "--json=1"],
    ])
    func `wrong use is exit 2 with the fix`(words: [String]) throws {
      let run = try CommandRun(words, in: try Landlord())
      #expect(run.status == 2)
      #expect((words.isEmpty ? run.out : run.error).contains("commonthread"))
    }

    @Test func `every command of the help tells its use`() throws {
      let landlord = try Landlord()
      let help = try CommandRun(["--help"], in: landlord)
      #expect(help.status == 0)
      let commands = help.out.split(separator: "\n").filter { $0.hasPrefix("  ") }
        .compactMap { $0.split(separator: " ").first.map(String.init) }
      let known: Set = ["serve", "talk", "check", "messages", "send", "reload", "wire", "segments"]
      #expect(known.isSubset(of: commands))
      for command in commands {
        let run = try CommandRun([command, "--help"], in: landlord)
        #expect(run.status == 0)
        #expect(run.out.hasPrefix("Usage: commonthread \(command)"))
        #expect(run.error == "")
      }
    }

    @Test func `a proper configuration is in order, and says where callbacks go`() throws {
      let run = try CommandRun("check-config", of: try Landlord())
      #expect(run.status == 0)
      #expect(run.out.contains("main (twilio)"))
      #expect(run.out.contains("https://text.elmhomes.example/hooks/main"))
      #expect(run.error == "")
    }

    @Test(arguments: [
      ("listen:", "listens:", "listens"), ("name: \"Elm Homes\",", "", "landlord.name"),
      ("name: \"Elm Homes\"", "name: 7", "landlord.name"),
      ("phone: \"01632", "fax: \"01632", "landlord.fax"),
      ("partsPerSecond: 500", "partsPerSecond: \"many\"", "channels.main.partsPerSecond"),
      ("provider: \"twilio\"", "provider: \"twillio\"", "channels.main.provider"),
      ("{ env: \"TWILIO_AUTH_TOKEN\" }", "{ env: \"NOT_SET\" }", "channels.main.authToken"),
      ("authToken:", "authTokens:", "channels.main.authTokens"),
      ("accountSID:", "// accountSID:", "channels.main.accountSID"),
      ("publicURL: \"https", "publicURL: \"gopher", "publicURL"),
      ("sunday: \"0:00-24:00\"", "sunday: \"24:00-0:00\"", "sendingHours.sunday"),
      ("channels: {", "channel: {", "channel"),
    ])
    func `a key that is unknown, missing or wrong is named by its path`(
      old: String, new: String, path: String
    ) throws {
      let landlord = try Landlord()
      let text = try String(contentsOfFile: landlord.configuration, encoding: .utf8)
      let changed = text.replacingOccurrences(of: old, with: new)
      try #require(changed != text)
      try landlord.write(changed, to: "commonthread.json5")
      for command in ["check-config", "serve", "messages"] {
        let run = try CommandRun(command, of: landlord)
        #expect(run.status == 1)
        #expect(run.error.contains(path + " "))
        #expect(run.error.split(separator: "\n").count == 1)
        #expect(run.out == "")
      }
    }

    @Test func `a configuration that is not there is named`() throws {
      let run = try CommandRun(["check-config", "--config", "none.json5"], in: try Landlord())
      #expect(run.status == 1)
      #expect(run.error.contains("none.json5"))
    }

    @Test func `segments counts each text as given`() throws {
      let input = #"""
        "Bins are on Tuesday"
        ""
        "It’s fixed"
        "[€]"
        """#
      let run = try CommandRun(["segments"], in: try Landlord(), input: input)
      #expect(run.status == 0)
      let lines = try run.jsonLines()
      #expect(lines.map { $0["encoding"]?.string } == ["GSM-7", "GSM-7", "UCS-2", "GSM-7"])
      #expect(lines.map { $0["units"]?.integer } == [19, 0, 10, 6])
      #expect(lines.map { $0["parts"]?.integer } == [1, 0, 1, 1])
      #expect(lines[0]["split"] == ["Bins are on Tuesday"])
      #expect(lines[1]["split"] == [])
    }

    @Test func `segments says which line is no JSON string, and goes on`() throws {
      let run = try CommandRun(["segments"], in: try Landlord(), input: "7\n\"a\"\n")
      #expect(run.status == 1)
      let lines = try run.jsonLines()
      #expect(lines.count == 2)
      #expect(lines[0]["error"]?.string != nil)
      #expect(lines[1]["units"]?.integer == 1)
    }
  }
}
