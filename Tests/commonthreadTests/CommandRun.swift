import Foundation
import HTTP

/// A command that ran to its end as a process of its own.
struct CommandRun {
  /// The exit code, or minus the signal that ended it; nil when it did not end.
  let status: Int32?
  /// What it wrote to standard output.
  let out: String
  /// What it wrote to standard error.
  let error: String

  /// Runs the command with the landlord's configuration, whatever follows it, and waits for the end.
  init(_ words: String..., of landlord: Landlord, input: String? = nil) throws {
    try self.init(words + ["--config", landlord.configuration], in: landlord, input: input)
  }

  /// Runs exactly the words in the landlord's folder, and waits for the end.
  init(_ words: [String], in landlord: Landlord, input: String? = nil) throws {
    let name = "command-\(UUID().uuidString)"
    var surroundings = ChildProcess.Surroundings(
      environment: ["TWILIO_AUTH_TOKEN": Landlord.account.authToken])
    if let input {
      try landlord.write(input, to: name + ".in")
      surroundings.input = "\(landlord.folder)/\(name).in"
    }
    let process = try ChildProcess(
      ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", landlord.folder, Landlord.program] + words,
      surroundings, in: landlord.folder, name: name)
    status = process.exit()
    if status == nil { process.signal(9) }
    out = process.out
    error = process.error
  }

  /// The lines of standard output, each of them JSON.
  func jsonLines() throws -> [JSON] {
    try out.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
  }
}

/// One line of `messages --json`.
struct LogLine {
  let isOutbound: Bool
  let address: String
  let text: String
  let providerIDs: [String]
  let status: String
  let keys: [String]

  init(_ json: JSON) throws {
    guard let direction = json["direction"]?.string, let address = json["address"]?.string,
      let text = json["text"]?.string, let ids = json["providerIDs"]?.array,
      let status = json["status"]?.string
    else { throw Missing("a line of messages: \(json)") }
    isOutbound = direction == "out"
    self.address = address
    self.text = text
    providerIDs = ids.compactMap(\.string)
    self.status = status
    keys = (json.members ?? []).map(\.name)
  }

  /// Whether it shows all that the provider could tell of it, given the ids of the messages whose
  /// delivery it reported with success: a report that met a broken connection is not made again.
  func showsWhatWasReported(_ reported: Set<String>) -> Bool {
    status == "delivered" || !providerIDs.isEmpty && reported.isDisjoint(with: providerIDs)
  }
}

extension Landlord {
  /// All messages, as another process prints them.
  func messages() throws -> [LogLine] {
    let run = try CommandRun("messages", "--json", of: self)
    guard run.status == 0 else { throw Missing("messages: \(run.error)") }
    return try run.jsonLines().map(LogLine.init)
  }
}
