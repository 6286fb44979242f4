import Channels
import HTTP
import Messaging

/// A channel's own work by itself: a callback of one kibibyte, and a request to send.
struct BenchWire {
  /// How many of each are measured.
  let messages: Int

  /// Measures, prints and checks what came out; 0 when all of it was right.
  func run() throws -> Int32 {
    let channel = try BenchStage.channel(api: 9, underWay: 20)
    let callback = try BenchCallback(text: String(repeating: "It never shuts. ", count: 54))
    let request = try callback.request(
      from: BenchStage.number(1), id: "SM1", to: BenchStage.publicURL + "/hooks/main")
    let now = Instant(milliseconds: 1_795_600_000_000)
    var wrong = 0
    var reading: [Double] = []
    for _ in 0..<messages {
      let start = BenchReport.clock
      let verdict = Webhook.receive(request, on: channel, now: now)
      reading.append((BenchReport.clock - start) * 1e6)
      if verdict.kind != .accepted || verdict.events.count != 1 { wrong += 1 }
    }
    Terminal.say(BenchReport.steps("verify and decode \(request.body.count) bytes", reading))
    let context = SendContext(now: now, callbackURL: BenchStage.publicURL + "/hooks/main")
    var building: [Double] = []
    for index in 0..<messages {
      let message = OutboundMessage(
        to: Address(scheme: .tel, value: BenchStage.number(index)),
        text: "Elm Homes: Does your flat's front door shut by itself? 1 Yes 2 No 3 Not sure",
        reference: "reference\(index)")
      let start = BenchReport.clock
      let plan = channel.plan(sending: message, in: context)
      building.append((BenchReport.clock - start) * 1e6)
      if case .send(let requests) = plan, requests.count == 1 { continue }
      wrong += 1
    }
    Terminal.say(BenchReport.steps("build a request", building))
    return wrong == 0 ? 0 : 1
  }
}
