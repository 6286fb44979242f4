import Messaging
import Store

/// One message to each of many addresses, durable before and after each request.
struct BenchBroadcast: Sendable {
  /// How many addresses there are.
  let messages: Int
  /// How many requests are under way at most; half of the places are kept for replies.
  let underWay: Int

  /// Measures, prints and checks the counts of both ends; 0 when they agree.
  func run(on disk: BenchDisk) throws -> Int32 {
    let stage = try BenchStage(disk: disk, underWay: 2 * underWay)
    defer { stage.end() }
    let list = (0..<messages).map { index in
      (
        address: Address(scheme: .tel, value: BenchStage.number(index)),
        text: "Elm Homes: The water is off at your home on Tuesday from 9 to 11."
      )
    }
    let start = (clock: BenchReport.clock, cpu: BenchReport.cpuSeconds)
    _ = try stage.service.broadcast(list)
    let queued = BenchReport.clock
    let quiet = Doorbell()
    while try accepted(on: stage) < messages, BenchReport.clock - queued < 600 {
      quiet.wait(milliseconds: 10)
    }
    let end = (clock: BenchReport.clock, cpu: BenchReport.cpuSeconds)
    let report = BenchReport(
      name: "broadcast", messages: messages, seconds: end.clock - queued,
      cpuSeconds: end.cpu - start.cpu, latencies: [])
    for line in report.lines { Terminal.say(line) }
    let settled = try accepted(on: stage)
    Terminal.say(
      "  queued in \(queued - start.clock) s, accepted \(settled), at the provider "
        + "\(stage.messagesTaken)")
    return settled == messages && stage.messagesTaken == messages ? 0 : 1
  }

  private func accepted(on stage: BenchStage) throws -> Int {
    let counts = try stage.service.database.read { try $0.counts() }
    return Int(counts.first { $0.name == "outbound" && $0.label == "accepted" }?.value ?? 0)
  }
}
