import Gateway
import Glibc
import HTTP
import Store

extension Command {
  /// Copies the database while it is in use.
  static let backup = Command(
    name: "backup", synopsis: "FILE [--config FILE]",
    summary: "Copies the database into a new file, also while serve runs.",
    details: """
      The copy is one state of the whole database. Keep it on another machine; it holds personal
      data, and only its owner may read it. Run it every 15 minutes from a timer: serve alarms the
      duty phones when the last backup is more than 30 minutes old.
      """
  ) { words in
    let arguments = try Arguments(words, options: ["--config"])
    guard let path = arguments.operands.first, arguments.operands.count == 1 else {
      throw Arguments.Misuse(description: "backup takes the name of a new file.")
    }
    guard access(path, F_OK) != 0 else {
      throw Problem(description: "\(path) is there already. Name a new file.")
    }
    let configuration = try ConfigurationFile.load(arguments["--config"])
    let oldMask = umask(0o077)
    defer { umask(oldMask) }
    let readers = try ReaderPool(path: configuration.database)
    defer { readers.close() }
    // A backup that is cut off must not pass for a whole one.
    let unfinished = path + ".unfinished"
    unlink(unfinished)
    defer { unlink(unfinished) }
    try readers.backup(to: unfinished)
    guard access(path, F_OK) != 0, rename(unfinished, path) == 0 else {
      throw Problem(description: "Cannot give the copy the name \(path) (error \(errno)).")
    }
    let answer = try CommandSocket.ask(
      ["command": "backedUp"], at: configuration.database + ".sock")
    if let error = answer?["error"]?.string { throw Problem(description: error) }
    Terminal.say("\(path) holds the database as it was a moment ago.")
    return 0
  }
}
