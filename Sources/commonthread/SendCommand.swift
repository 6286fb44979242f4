import Gateway
import HTTP
import Messaging
import Store

extension Command {
  /// Puts one message of a member of staff, or one for each number of a list, into the outbox.
  static let send = Command(
    name: "send", synopsis: "NUMBER TEXT | --file FILE [TEXT] [--json] [--config FILE]",
    summary: "Sends one message, or one to each number of a list.",
    details: """
      It goes through the serve that runs, or into the outbox for the next one. It waits for the
      sending hours, and never goes to somebody who has texted STOP. Characters that would make it
      cost more are replaced, and each replacement is shown.
      Example: commonthread send "07700 900123" "The lift is working again."

      --file FILE  a list with a number on each line, or CSV with a text of its own in the second
                   column; TEXT is for the lines without one. At most \(SendList.limit) numbers.
                   When a line is wrong, nothing is queued and each wrong line is named. A number
                   that is repeated with the same text gets it once.
      --json       prints what was queued as JSON
      Example: commonthread send --file oak-tower.csv "The water is off on Tuesday from 9 to 11."
      """
  ) { words in
    let arguments = try Arguments(words, options: ["--config", "--file"], flags: ["--json"])
    if let file = arguments["--file"] {
      guard arguments.operands.count <= 1 else {
        throw Arguments.Misuse(description: "send --file FILE takes one text in quotes at most.")
      }
      return try SendingOfList(
        configuration: ConfigurationFile.load(arguments["--config"]),
        isForPrograms: arguments.has("--json")
      ).run(file: file, text: arguments.operands.first)
    }
    guard arguments.operands.count == 2 else {
      throw Arguments.Misuse(description: "send takes a number and a text in quotes.")
    }
    return try sendOne(
      arguments.operands[1], to: arguments.operands[0],
      ConfigurationFile.load(arguments["--config"]), isForPrograms: arguments.has("--json"))
  }

  private static func sendOne(
    _ words: String, to number: String, _ configuration: Configuration, isForPrograms: Bool
  ) throws -> Int32 {
    let address = try SendList.address(in: number, region: configuration.region)
    let (text, replacements) = Typography.plain(Normal.nfc(words))
    Terminal.complain(of: replacements)
    let command: JSON = [
      "command": "send", "to": .string(address.text), "text": .string(text),
    ]
    let answer = try CommandSocket.ask(command, at: configuration.database + ".sock")
    if let sentence = answer?["error"]?.string { throw Problem(description: sentence) }
    let id =
      try answer?["id"]?.string
      ?? configuration.withDesk { try $0.send(text, to: address) }.text
    if isForPrograms {
      Terminal.write((["id": .string(id)] as JSON).serialized() + [10])
    } else {
      Terminal.say(answer == nil ? "\(id): it will go when serve runs." : "\(id): on its way.")
    }
    return 0
  }
}

extension Terminal {
  /// Shows staff what was replaced in a text.
  static func complain(of replacements: [Typography.Replacement]) {
    for replacement in replacements {
      complain("Replaced \(replacement.count) × \(replacement.name) by \"\(replacement.to)\".")
    }
  }
}

extension Configuration {
  /// Lets `body` use the desk of the database, whose lock is taken, since no serve runs.
  func withDesk<Result>(_ body: (Desk) throws -> Result) throws -> Result {
    let environment = Environment.machine
    let database = try openDatabase(now: environment.now())
    defer { database.close() }
    try environment.resume(on: database)
    return try body(
      Desk(database: database, settings: try gatewaySettings(), environment: environment))
  }
}
