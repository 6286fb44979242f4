import Messaging
import Testing

@testable import Engine

/// A lane with a library and a clock, for tests that look at effects.
struct Play {
  let library: Library
  var lane = Lane()
  var context = TurnContext(
    now: ExampleRunner.start, channel: "sms", values: ExampleRunner.values)

  init(_ files: (name: String, text: String)...) throws {
    library = try Fixtures.library(files)
  }

  init(library: Library) {
    self.library = library
  }

  /// Takes a turn, storing and restoring the lane, and gives its effects.
  mutating func turn(_ event: LaneEvent) throws -> [Effect] {
    let restored = try #require(Lane(decoding: lane.encoded()))
    #expect(restored == lane)
    var turn = library.turn(restored, event, context)
    while case .needs(let request, let suspended) = turn {
      let outcome = request.usualOutcome
      turn = library.resume(
        suspended, outcome: outcome, values: request.sampleValues(of: outcome), context)
    }
    guard case .finished(let lane, let effects) = turn else { return [] }
    self.lane = lane
    return effects
  }

  /// The effects of a text message.
  mutating func text(_ words: String) throws -> [Effect] {
    try turn(.message(text: words, choice: nil))
  }
}

extension [Effect] {
  /// The messages among the effects.
  var sent: [Outgoing] {
    compactMap { effect in
      if case .send(let message) = effect { message } else { nil }
    }
  }
}

extension Fixtures {
  static let door = (name: "door-check.txt", text: doorCheck)
  static let golden = (name: "golden-thread.txt", text: goldenThread)
  /// A conversation with a question for free words and one for a number.
  static let trial = (
    name: "trial.txt",
    text: conversation(
      """
      step idea
        ask idea (words up to 100):
          What is your idea?
          no answer after 1 day -> finish
        ask level (number 0 to 20):
          Which floor?
          not understood 2 times -> finish
          no answer after 1 day -> finish
        say: Thank you for {idea}.
        end

      step finish
        end
      """)
  )
}
