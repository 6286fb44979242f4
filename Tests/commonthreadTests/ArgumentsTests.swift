import Testing

@testable import commonthread

@Suite struct ArgumentsTests {
  @Test func `words, options and flags are told apart`() throws {
    let arguments = try Arguments(
      ["07700 900123", "--config", "a.json5", "--json", "The lift works."],
      options: ["--config"], flags: ["--json"])
    #expect(arguments.operands == ["07700 900123", "The lift works."])
    #expect(arguments["--config"] == "a.json5")
    #expect(arguments.has("--json"))
  }

  @Test func `an option may carry its value after an equals sign`() throws {
    let arguments = try Arguments(["--config=a=b"], options: ["--config"])
    #expect(arguments["--config"] == "a=b")
  }

  @Test func `after two dashes all is words`() throws {
    let arguments = try Arguments(["--", "--json"], flags: ["--json"])
    #expect(arguments.operands == ["--json"])
    #expect(!arguments.has("--json"))
  }

  @Test(arguments: [["--nosuch"], ["--config"], ["--json=yes"]])
  func `wrong use is said in a sentence`(words: [String]) {
    #expect(throws: Arguments.Misuse.self) {
      _ = try Arguments(words, options: ["--config"], flags: ["--json"])
    }
  }

  @Test func `every command answers to help and refuses an option it does not have`() {
    for command in Program.commands {
      #expect(Program.run([command.name, "--help"]) == 0, "\(command.name)")
      #expect(Program.run([command.name, "--nosuch"]) == 2, "\(command.name)")
    }
    #expect(Program.run(["nosuch"]) == 2)
  }
}
