import Gateway
import HTTP
import Messaging
import Store

/// The sending of a list: it is read, checked whole, and queued whole or not at all.
struct SendingOfList {
  /// What the program runs with.
  let configuration: Configuration
  /// Whether what was queued is printed as JSON.
  let isForPrograms: Bool

  /// Sends the list in the file; `text` is for the rows that have none of their own, nil for none.
  func run(file: String, text: String?) throws -> Int32 {
    guard let bytes = FileBytes.read(file, limit: SendList.fileLimit) else {
      throw Problem(
        description: "Cannot read \(file), or it is longer than \(SendList.fileLimit >> 20) MiB. "
          + "Check its path, rights and size.")
    }
    let list = SendList(
      parsing: bytes, text: text, settings: try configuration.gatewaySettings())
    Terminal.complain(of: list.replacements)
    guard list.problems.isEmpty else { return complain(of: list.problems) }
    if !list.repeats.isEmpty {
      Terminal.complain(
        "\(Self.named(list.repeats)): a number that stood above with the same text; it gets it once."
      )
    }
    if let caller = CommandSocket.Caller(path: configuration.database + ".sock") {
      report(try hand(list.messages, to: caller), list, isRunning: true)
    } else {
      let queued = try configuration.withDesk {
        try $0.send(list.messages, messageClass: .service, priority: .bulk)
      }
      report(
        Counts(queued: queued.ids.count, parts: queued.parts, optedOut: queued.optedOut), list,
        isRunning: false)
    }
    return 0
  }

  /// What was queued, in numbers.
  private struct Counts {
    var queued: Int
    var parts: Int
    var optedOut: Int
  }

  /// Hands the messages to the running serve in lines of some each, which queues them by the last.
  private func hand(
    _ messages: [(address: Address, text: String)], to caller: borrowing CommandSocket.Caller
  ) throws -> Counts {
    var progress = ProgressBar.onTerminal(total: messages.count)
    defer { progress.end() }
    var rest = messages[...]
    while !rest.isEmpty {
      let some = rest.prefix(Self.messagesPerLine)
      rest = rest.dropFirst(some.count)
      _ = try Self.ask(
        [
          "command": "list", "to": .array(some.map { .string($0.address.text) }),
          "texts": .array(some.map { .string($0.text) }),
        ], of: caller)
      progress.show(messages.count - rest.count)
    }
    let answer = try Self.ask(
      ["command": "sendList", "count": .integer(Int64(messages.count))], of: caller)
    let count = { (name: String) in Int(answer[name]?.integer ?? 0) }
    return Counts(queued: count("queued"), parts: count("parts"), optedOut: count("optedOut"))
  }

  private static func ask(
    _ command: JSON, of caller: borrowing CommandSocket.Caller
  ) throws -> JSON {
    let answer = try caller.ask(command)
    if let sentence = answer["error"]?.string { throw Problem(description: sentence) }
    return answer
  }

  /// So few that a line of the longest texts is well below what the socket takes.
  private static let messagesPerLine = 400

  private func report(_ counts: Counts, _ list: SendList, isRunning: Bool) {
    if isForPrograms {
      let summary: JSON = [
        "queued": .integer(Int64(counts.queued)), "parts": .integer(Int64(counts.parts)),
        "optedOut": .integer(Int64(counts.optedOut)),
        "repeated": .integer(Int64(list.repeats.count)), "isRunning": .bool(isRunning),
      ]
      _ = Terminal.write(summary.serialized() + [10])
      return
    }
    let state = isRunning ? "on their way." : "they will go when serve runs."
    Terminal.say("\(counts.queued) messages, \(counts.parts) parts: \(state)")
    if counts.optedOut > 0 {
      Terminal.say("\(counts.optedOut) are for people who have texted STOP, and will not go.")
    }
  }

  private func complain(of problems: [String]) -> Int32 {
    for problem in problems.prefix(Self.problemsShown) { Terminal.complain(problem) }
    if problems.count > Self.problemsShown {
      Terminal.complain("\(problems.count - Self.problemsShown) more lines are wrong.")
    }
    Terminal.complain("Nothing was queued. Put the list right and send it again.")
    return 1
  }

  private static let problemsShown = 20

  private static func named(_ lines: [Int]) -> String {
    let shown = lines.prefix(problemsShown).map(String.init).joined(separator: ", ")
    let more = lines.count > problemsShown ? " and \(lines.count - problemsShown) more" : ""
    return (lines.count == 1 ? "Line " : "Lines ") + shown + more
  }
}
