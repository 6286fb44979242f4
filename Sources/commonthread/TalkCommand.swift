extension Command {
  /// A conversation in the terminal.
  static let talk = Command(name: "talk", synopsis: "", summary: "x", details: "") { words in 0 }
}
