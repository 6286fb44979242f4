import Channels

extension Command {
  /// Replays webhooks and shows requests, without network or database (`design.md` 3.3).
  static let wire = Command(
    name: "wire", synopsis: "",
    summary: "Replays webhooks and shows what would be sent: JSON Lines in, JSON Lines out.",
    details: """
      No network and no database. A line holds a channel as in the configuration and either
      "receive" (a recorded webhook) or "send" (a message), and is answered by one line.
      """
  ) { words in
    _ = try Arguments(words)
    var lines = InputLines(limit: 9 << 20)
    while let line = lines.next() {
      guard !line.allSatisfy({ $0 == 32 || $0 == 13 }) else { continue }
      guard Terminal.write(wireLine(line, lookup: .machine) + [10]) else { return 1 }
    }
    return 0
  }
}
