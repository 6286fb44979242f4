import Messaging
import Testing

@testable import Engine

/// What the examples of the shipped conversations say and visit when they are played.
@Suite struct ShippedExamplesTests {
  /// One example that was played to its end.
  struct Played: Sendable {
    let conversation: String
    let name: String
    /// What was said and done, line by line.
    let transcript: [String]
  }

  static let played: [Played] = {
    guard let library = ShippedConversationsTests.report.library else { return [] }
    return library.conversationIDs.flatMap { id in
      (library.program(id)?.examples ?? []).map { example in
        var runner = ExampleRunner(library: library, restoresBetweenTurns: false)
        runner.conversation = id
        for line in example.lines { _ = runner.play(line.content) }
        return Played(conversation: id, name: example.name, transcript: runner.transcript)
      }
    }
  }()

  static let questionAgain =
    ShippedConversationsTests.report.library?.texts.text(.questionAgain, language: "en") ?? ""

  static let ids = Set(played.map(\.conversation)).sorted()

  @Test(arguments: ids)
  func `a message that an example sends is at most two parts`(id: String) {
    for example in Self.played where example.conversation == id {
      for line in example.transcript {
        // A question that is asked again comes on top of what was said between.
        guard let text = line.after("bot: "), !text.contains(Self.questionAgain) else { continue }
        #expect(Segments(of: text).parts <= 2, "\(example.name): \(text)")
      }
    }
  }

  @Test(arguments: ids)
  func `every text, answer and outcome comes up in an example`(id: String) throws {
    let library = try #require(ShippedConversationsTests.report.library)
    let program = try #require(library.program(id))
    let lines = Set(Self.played.filter { $0.conversation == id }.flatMap(\.transcript))
    let said = lines.compactMap { $0.after("bot: ") }
    func comesUp(_ wording: Wording) -> Bool {
      wording.variants.contains { variant in
        let pattern = Self.pattern(of: variant.template)
        return said.contains { Wildcards.matches(pattern, $0) }
      }
    }
    for step in program.steps {
      for statement in step.statements {
        let place = "line \(statement.line), step \(step.name)"
        if let say = statement as? Say { #expect(comesUp(say.wording), "\(place)") }
        if let act = statement as? Act {
          for outcome in act.outcomes.dropFirst() {
            let pretence = Example.Content.pretend(action: act.kind.words, outcome: outcome.name)
            #expect(
              program.examples.contains { $0.lines.contains { $0.content == pretence } },
              "\(place): \(outcome.name)")
          }
        }
        guard let ask = statement as? Ask else { continue }
        #expect(comesUp(ask.wording), "\(place)")
        for choice in ask.choices {
          #expect(lines.contains("answer \(ask.name) is \(choice.id)"), "\(place): \(choice.id)")
        }
      }
    }
  }

  /// A pattern that the wording fits wherever it stands, with any values and conditions.
  private static func pattern(of template: Template) -> String {
    var pattern = "..."
    for segment in template.segments {
      pattern += segment.condition == nil ? " " : " ... "
      guard segment.condition == nil else { continue }
      for piece in segment.pieces {
        switch piece {
        case .text(let words): pattern += words
        case .value: pattern += " ... "
        }
      }
    }
    return pattern + " ..."
  }
}
