import HTTP
import HTTPServer
import Store

/// What this machine does without us: what the figures of the same run are to be read against.
struct BenchYardsticks {
  /// How many requests and rows there are.
  let count: Int
  /// How many senders there are at once, and rows a commit.
  let connections: Int

  /// Measures both and prints a line for each.
  func run(_ request: HTTPRequest, on disk: BenchDisk) throws {
    let server = try bareServer(request)
    Terminal.say("  yardstick: the bare HTTP server answers \(server)")
    Terminal.say("  yardstick: bare durable inserts, \(try bareInserts(on: disk))")
  }

  /// The server with a handler that answers at once.
  private func bareServer(_ request: HTTPRequest) throws -> String {
    var settings = WebServer.Settings()
    settings.address = "127.0.0.1:0"
    settings.connectionLimit = 2 * connections
    let server = try WebServer(settings: settings) { _ in HTTPResponse(status: 200) }
    defer { server.stop(within: .zero) }
    var request = request
    request.url = "http://127.0.0.1:\(server.port)/hooks/main"
    let load = try BenchLoad(
      requests: Array(repeating: request, count: count), connections: connections)
    let start = (clock: BenchReport.clock, cpu: BenchReport.cpuSeconds)
    let answers = load.run()
    let seconds = BenchReport.clock - start.clock
    guard answers.accepted == count else {
      throw Problem(description: "The bare server answered \(answers.accepted) of \(count).")
    }
    return line(seconds: seconds, cpu: BenchReport.cpuSeconds - start.cpu)
  }

  /// A row of the size of a callback, so many in each commit.
  private func bareInserts(on disk: BenchDisk) throws -> String {
    let start = (clock: BenchReport.clock, cpu: BenchReport.cpuSeconds)
    try InsertYardstick.insert(
      count, perCommit: connections, path: disk.path(named: "yardstick"),
      fileSystem: disk.fileSystem)
    let seconds = BenchReport.clock - start.clock
    return "\(connections) a commit, "
      + line(seconds: seconds, cpu: BenchReport.cpuSeconds - start.cpu)
  }

  private func line(seconds: Double, cpu: Double) -> String {
    let each = (cpu * 1e6 / Double(count)).rounded() / 1000
    return "\(Int(Double(count) / seconds)) a second, CPU \(each) ms each"
  }
}
