import Engine
import Messaging

/// One step of a conversation by itself, with the lane read from bytes and written back.
struct BenchSteps {
  /// What is texted, one after another; every conversation of the folder that takes them is walked.
  private static let texts = [
    "FIRE DOOR", "not sure tbh", "nope", "GOLDEN", "2", "the lift is broke",
  ]

  /// How many steps are measured.
  let messages: Int

  /// Measures, prints and checks that every step said something; 0 when each did.
  func run(on folder: String) throws -> Int32 {
    let files = try ConversationFolder.files(in: folder)
    let start = (clock: BenchReport.clock, cpu: BenchReport.cpuSeconds)
    let report = Checker.check(files: files) { _ in "bench" }
    let checked = BenchReport.clock - start.clock
    guard let library = report.library else {
      throw Problem(description: "The conversations have errors. Run commonthread check.")
    }
    var context = TurnContext(
      now: Instant(milliseconds: 1_795_600_000_000), channel: "sms", language: "en",
      values: ["landlord": "Elm Homes", "phone": "01632 960 123", "nation": "England"])
    var microseconds: [Double] = []
    var bytes = Lane().encoded()
    var silent = 0
    for index in 0..<messages {
      let place = index % Self.texts.count
      if place == 0 { bytes = Lane().encoded() }
      context.now = context.now + .seconds(60)
      let begin = BenchReport.clock
      guard let lane = Lane(decoding: bytes) else { throw Problem(description: "A lane is lost.") }
      var turn = library.turn(lane, .message(text: Self.texts[place], choice: nil), context)
      while case .needs(let action, let suspended) = turn {
        turn = library.resume(suspended, outcome: Self.outcome(of: action), context)
      }
      guard case .finished(let after, let effects) = turn else { continue }
      bytes = after.encoded()
      microseconds.append((BenchReport.clock - begin) * 1e6)
      if effects.isEmpty { silent += 1 }
    }
    Terminal.say(BenchReport.steps("step", microseconds))
    Terminal.say(
      "  \(report.conversations.count) conversations read and checked, \(report.examples) examples run, "
        + "in \(Int(checked * 1000)) ms")
    return silent == 0 ? 0 : 1
  }

  /// What comes of the actions that these texts lead to.
  private static func outcome(of action: ActionRequest) -> String {
    action.action == "report danger" ? "logged" : "recorded"
  }
}
