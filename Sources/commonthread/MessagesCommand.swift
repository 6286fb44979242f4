import HTTP
import Messaging
import Store

extension Command {
  /// Prints the messages of both directions.
  static let messages = Command(
    name: "messages", synopsis: "[--json] [--after ID] [--config FILE]",
    summary: "Prints the messages of both directions, the oldest first.",
    details: """
      --json      one JSON object a line: id, direction, channel, address, text, providerIDs,
                  status, at; the text of a sealed answer is null
      --after ID  only those after the one with that id
      """
  ) { words in
    let arguments = try Arguments(words, options: ["--after", "--config"], flags: ["--json"])
    var after: RecordID?
    if let text = arguments["--after"] {
      guard let id = RecordID(text: text) else {
        throw Arguments.Misuse(description: "\(text) is not the id of a message.")
      }
      after = id
    }
    let configuration = try ConfigurationFile.load(arguments["--config"])
    let database = try ReaderPool(path: configuration.database)
    while true {
      let cursor = after
      let page = try database.read { try $0.messages(after: cursor, limit: 1000) }
      for message in page {
        let line = arguments.has("--json") ? message.json.serialized() : Array(message.line.utf8)
        guard Terminal.write(line + [10]) else { return 0 }
      }
      guard let last = page.last, page.count == 1000 else { return 0 }
      after = last.id
    }
  }
}

extension LoggedMessage {
  /// The message as `messages --json` prints it (`design.md` 3.3).
  var json: JSON {
    [
      "id": .string(id.text), "direction": .string(isOutbound ? "out" : "in"),
      "channel": .string(channel), "address": .string(address.text),
      "text": text.map { .string($0) } ?? .null,
      "providerIDs": .array(providerIDs.map { .string($0) }), "status": .string(status),
      "at": .string(at.iso8601),
    ]
  }

  /// The message as people read it.
  fileprivate var line: String {
    let words = text?.split(whereSeparator: \.isNewline).joined(separator: " / ") ?? "(sealed)"
    return "\(at.iso8601)  \(isOutbound ? "->" : "<-")  \(address.text)  [\(status)]  \(words)"
  }
}
