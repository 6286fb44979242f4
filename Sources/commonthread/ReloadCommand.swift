import HTTP

extension Command {
  /// Has the running gateway read its conversations again.
  static let reload = Command(
    name: "reload", synopsis: "[--config FILE]",
    summary: "Has the running serve read its conversations again.",
    details: "A file with an error keeps its last good version, and the error is shown."
  ) { words in
    let arguments = try Arguments(words, options: ["--config"])
    let configuration = try ConfigurationFile.load(arguments["--config"])
    let socket = configuration.database + ".sock"
    guard let answer = try CommandSocket.ask(["command": "reload"], at: socket) else {
      throw Problem(
        description: "No serve is running on \(configuration.database). Start it first.")
    }
    if let sentence = answer["error"]?.string { throw Problem(description: sentence) }
    let errors = (answer["errors"]?.array ?? []).compactMap(\.string)
    for error in errors { Terminal.complain(error) }
    Terminal.say("\(answer["conversations"]?.integer ?? 0) conversations are in force.")
    return errors.isEmpty ? 0 : 1
  }
}
