import Gateway
import HTTP
import Messaging
import Store

extension Command {
  /// Puts one message of a member of staff into the outbox.
  static let send = Command(
    name: "send", synopsis: "NUMBER TEXT [--config FILE]",
    summary: "Sends one message, through the running serve or into the outbox for the next one.",
    details: """
      It waits for the sending hours, and never goes to somebody who has texted STOP.
      Characters that would make it cost more are replaced, and each replacement is shown.
      Example: commonthread send "07700 900123" "The lift is working again."
      """
  ) { words in
    let arguments = try Arguments(words, options: ["--config"], flags: ["--json"])
    guard arguments.operands.count == 2 else {
      throw Arguments.Misuse(description: "send takes a number and a text in quotes.")
    }
    let configuration = try ConfigurationFile.load(arguments["--config"])
    let address = try recipient(arguments.operands[0], region: configuration.region)
    let (text, replacements) = Typography.plain(Normal.nfc(arguments.operands[1]))
    for replacement in replacements {
      Terminal.complain(
        "Replaced \(replacement.count) × \(replacement.name) by \"\(replacement.to)\".")
    }
    let command: JSON = [
      "command": "send", "to": .string(address.text), "text": .string(text),
    ]
    let answer = try CommandSocket.ask(command, at: configuration.database + ".sock")
    if let sentence = answer?["error"]?.string { throw Problem(description: sentence) }
    let id = try answer?["id"]?.string ?? store(text, for: address, configuration).text
    if arguments.has("--json") {
      Terminal.write((["id": .string(id)] as JSON).serialized() + [10])
    } else {
      Terminal.say(answer == nil ? "\(id): it will go when serve runs." : "\(id): on its way.")
    }
    return 0
  }

  private static func recipient(_ text: String, region: String) throws -> Address {
    if text.contains(":") { return try Address(text: text) }
    do {
      return try Address.phone(text, region: region)
    } catch {
      throw Problem(description: "\(error)")
    }
  }

  /// Takes the lock of the database itself, since no serve runs.
  private static func store(
    _ text: String, for address: Address, _ configuration: Configuration
  ) throws -> RecordID {
    let environment = Environment.machine
    let database = try configuration.openDatabase(now: environment.now())
    defer { database.close() }
    try environment.resume(on: database)
    let desk = Desk(
      database: database, settings: try configuration.gatewaySettings(), environment: environment)
    return try desk.send(text, to: address)
  }
}
