import Messaging

@testable import Engine

/// One address in a talk with a library, and what must hold after each of its turns.
struct Talk {
  let library: Library
  var lane = Lane()
  var context = TurnContext(
    now: ExampleRunner.start, channel: "sms", values: ExampleRunner.values)
  /// What comes of every action; nil for the first that the action has.
  var outcome: String?
  private(set) var turns = 0

  init(_ library: Library) { self.library = library }

  /// Does one turn and checks it.
  mutating func take(_ event: LaneEvent) {
    turns += 1
    var turn = library.turn(lane, event, context)
    var actions = 0
    while case .needs(let request, let suspended) = turn {
      actions += 1
      claim(actions <= 1000, "a turn comes to its end")
      claim(!request.usualOutcome.isEmpty, "the action is known")
      let outcome = outcome ?? request.usualOutcome
      turn = library.resume(
        suspended, outcome: outcome, values: request.sampleValues(of: outcome), context)
    }
    guard case .finished(let after, let effects) = turn else { return }
    check(effects, of: event, after: after)
    lane = after
  }

  private func check(_ effects: [Effect], of event: LaneEvent, after: Lane) {
    claim(Lane(decoding: after.encoded()) == after, "the lane can be stored")
    claim(after.aside.count <= Lane.asideLimit, "not too many are set aside")
    claim(after.questionCount >= lane.questionCount, "questions are counted up")
    for case .send(let message) in effects {
      claim(!message.text.isEmpty || message.picture != nil, "something is said")
      claim(message.question.map { $0 > 0 } ?? true, "its question")
      claim(message.timers.allSatisfy { $0.after > .zero }, "timers run forward")
    }
    guard case .message(let text, let choice) = event else { return }
    claim(!effects.isEmpty, "nothing that comes in is dropped")
    if choice == nil, library.vocabulary.isOptOut(text), !effects.contains(.alarm) {
      claim(effects.contains(.optOut), "STOP is heard")
    }
  }
}
