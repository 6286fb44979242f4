extension Command {
  /// Measures.
  static let bench = Command(name: "bench", synopsis: "", summary: "x", details: "") { words in 0 }
}
