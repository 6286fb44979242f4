import Engine
import Gateway
import HTTP
import Messaging

/// Does the commands that other processes hand to a running `serve`.
struct CommandDesk: Sendable {
  /// The running gateway.
  let service: Service

  /// Does one command: an object with `command` and what it needs; the answer holds `error`, a
  /// sentence, when it could not be done.
  func answer(_ command: JSON) -> JSON {
    do {
      switch command["command"]?.string {
      case "send": return try send(command)
      case "reload": return try reload()
      case "backedUp":
        try service.noteBackup()
        return [:]
      case let name:
        return error("This serve does not know the command \(name ?? "without a name").")
      }
    } catch {
      return self.error("\(error)")
    }
  }

  private func send(_ command: JSON) throws -> JSON {
    guard let to = command["to"]?.string, let text = command["text"]?.string else {
      return error("send needs to and text.")
    }
    let address = try Address(text: to)
    let id = try service.send(text, to: address)
    return ["id": .string(id.text)]
  }

  private func reload() throws -> JSON {
    let findings = try service.reload()
    return [
      "errors": .array(findings.filter(\.isError).map { .string("\($0)") }),
      "conversations": .integer(Int64(service.shelf.library.conversationIDs.count)),
    ]
  }

  private func error(_ sentence: String) -> JSON { ["error": .string(sentence)] }
}
