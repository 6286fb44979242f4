import Messaging

extension Command {
  /// Measures the gateway on this machine.
  static let bench = Command(
    name: "bench", synopsis: "inbound|broadcast [--messages N] [--connections N] [--database FILE]",
    summary: "Measures the gateway on this machine, against a provider of its own on loopback.",
    details: """
      inbound    signed webhooks in over HTTP, each answered by a reply through libcurl
      broadcast  one message to each of many addresses

      --messages N     how many messages; 20,000 if it is not given
      --connections N  how many senders at once (inbound), or requests under way (broadcast)
      --database FILE  where the database is made; a folder for temporary files if it is not given

      Counts at both ends must agree, or the exit code is 1. CPU is that of the whole process: the
      gateway, the generator and the provider. Build it with -c release.
      """
  ) { words in
    let arguments = try Arguments(
      words, options: ["--messages", "--connections", "--database"])
    let messages = try number(arguments["--messages"], named: "--messages", else: 20_000)
    let database = arguments["--database"]
    switch arguments.operands {
    case ["inbound"]:
      let connections = try number(arguments["--connections"], named: "--connections", else: 16)
      return try BenchInbound(messages: messages, connections: connections).run(on: database)
    case ["broadcast"]:
      let connections = try number(arguments["--connections"], named: "--connections", else: 256)
      return try BenchBroadcast(messages: messages, underWay: connections).run(on: database)
    default:
      throw Arguments.Misuse(description: "bench takes inbound or broadcast.")
    }
  }

  private static func number(
    _ text: String?, named name: String, else standard: Int
  ) throws(Arguments.Misuse) -> Int {
    guard let text else { return standard }
    guard let number = Int(text), (1...10_000_000).contains(number) else {
      throw Arguments.Misuse(description: "\(name) takes a number from 1.")
    }
    return number
  }
}
