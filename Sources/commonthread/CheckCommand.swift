import Engine

extension Command {
  /// Checks conversations and runs their examples.
  static let check = Command(
    name: "check", synopsis: "[PATH…] [--json]",
    summary: "Checks conversations and runs their examples.", details: ""
  ) { words in 0 }
}
