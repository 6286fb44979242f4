import HTTP
import HTTPClient
import Store
import Synchronization

/// Residents who each text two things, and the gateway's replies to them.
struct BenchInbound: Sendable {
  /// How many texts come in.
  let messages: Int
  /// How many senders there are at once.
  let connections: Int

  /// Measures, prints and checks the counts of both ends; 0 when they agree.
  func run(on disk: BenchDisk) throws -> Int32 {
    let stage = try BenchStage(disk: disk, underWay: 256)
    defer { stage.end() }
    let requests = try requests(port: stage.port)
    let load = try BenchLoad(requests: requests, connections: connections)
    let start = (clock: BenchReport.clock, cpu: BenchReport.cpuSeconds)
    let answers = load.run()
    let answered = BenchReport.clock
    let replies = waitForReplies(on: stage)
    let end = (clock: BenchReport.clock, cpu: BenchReport.cpuSeconds)
    let report = BenchReport(
      name: "inbound", messages: messages, seconds: answered - start.clock,
      cpuSeconds: end.cpu - start.cpu, latencies: answers.milliseconds)
    for line in report.lines { Terminal.say(line) }
    let stored = try stage.service.database.read { try $0.counts() }
      .filter { $0.name == "inbound" && $0.label == "handled" }.reduce(0) { $0 + $1.value }
    Terminal.say(
      "  sent \(messages), answered 2xx \(answers.accepted), handled \(stored), replies at the "
        + "provider \(replies) after \(end.clock - start.clock) s")
    try BenchYardsticks(count: messages, connections: connections).run(requests[0], on: disk)
    return answers.accepted == messages && stored == messages && replies == messages ? 0 : 1
  }

  /// The requests go resident by resident, so that a resident's second text follows the first.
  private func requests(port: UInt16) throws -> [HTTPRequest] {
    let residents = (messages + 1) / 2
    let callbacks = (try BenchCallback(text: "FIRE DOOR"), try BenchCallback(text: "1"))
    return try (0..<messages).map { index in
      try (index < residents ? callbacks.0 : callbacks.1).request(
        from: BenchStage.number(index % residents), id: "SM\(index)",
        to: "http://127.0.0.1:\(port)/hooks/main")
    }
  }

  private func waitForReplies(on stage: BenchStage) -> Int {
    let quiet = Doorbell()
    var last = -1
    var idle = 0
    while stage.messagesTaken < messages, idle < 300 {
      idle = stage.messagesTaken == last ? idle + 1 : 0
      last = stage.messagesTaken
      quiet.wait(milliseconds: 10)
    }
    return stage.messagesTaken
  }
}
