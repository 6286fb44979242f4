import Messaging
import Testing

@testable import Engine

/// Actions over their list: the forms of the language page, outcomes, what they give.
@Suite struct ActionsTests {
  /// A conversation that does one action and leaves every outcome to the statement below.
  static func doing(_ line: String, of kind: ActionKind, then rest: String = "end") -> String {
    let outcomes = kind.outcomeNames.map { "    - " + $0 }.joined(separator: "\n")
    return Fixtures.conversation("step a\n  \(line)\n\(outcomes)\n  \(rest)")
  }

  @Test(arguments: [
    "check code {language}:", "give voucher thank-you:", "give voucher shops at {language}:",
    "record request records: {language}", "log complaint: words", "report danger: words",
    "join steering group:", "leave steering group:", "post idea {language}:",
    "second idea {language}:", "look up result:", "look up result {language}:",
    "look up promise {language}:", "set language {language}:", "set times {language}:",
    "pause {language}:", "book call {language}:", "take place {language}:",
  ])
  func `the language page's forms are read`(line: String) throws {
    let kind = try #require(ActionKind.kind(of: line))
    let report = Fixtures.check([("a.txt", Self.doing(line, of: kind))])
    #expect(report.findings.map(\.description) == [])
  }

  @Test(arguments: ActionKind.all.map(\.words))
  func `every action says what is wrong with it`(words: String) throws {
    let kind = try #require(ActionKind.kind(of: words))
    #expect(Set(kind.outcomeNames).count == kind.outcomes.count)
    let noColon = Self.doing(words, of: kind)
    #expect(Fixtures.check([("a.txt", noColon)]).findings.map(\.code) == ["E308"])
    let line = kind.form
    let unhandled = Fixtures.conversation("step a\n  \(line)\n  end")
      .replacing("{", with: "").replacing("}", with: "")
    let codes = Fixtures.check([("a.txt", unhandled)]).findings.map(\.code)
    #expect(codes == kind.outcomes.map { _ in "E310" })
  }

  @Test func `what an action gives is known only where it gave it`() {
    let good = Fixtures.conversation(
      """
      step a
        check code {language}:
          - good -> told
          - used -> told
          - unknown -> told

      step told
        say: It is worth {voucher value}.
        end
      """)
    #expect(Fixtures.check([("a.txt", good)]).findings.map(\.code) == ["E407"])
  }

  @Test func `an action's request has its values filled in, choices by their ids`() throws {
    let text = Fixtures.conversation(
      """
      step a
        ask shop:
          Which shop?
          - corner: The corner shop -> give
          - market: The market -> give
          not understood 2 times -> finish
          no answer after 1 day -> finish

      step give
        give voucher thank-you at {shop or "none"}:
          - given -> finish
          - already given -> finish
          - none left -> finish
          - over budget -> finish
          - needs approval -> finish

      step finish
        end
      """)
    let library = try Fixtures.library([("a.txt", text)])
    var play = Play(library: library)
    _ = try play.text("TRY")
    let turn = library.turn(play.lane, .message(text: "2", choice: nil), play.context)
    guard case .needs(let request, let suspended) = turn else {
      Issue.record("no action was asked for")
      return
    }
    #expect(request.action == "give voucher")
    #expect(request.subject == "thank-you")
    #expect(request.place == "market")
    let odd = library.resume(suspended, outcome: "exploded", play.context)
    guard case .finished(let lane, _) = odd else { return }
    #expect(lane.isHandedOver)
  }

  @Test func `set language is the engine's own to decide`() throws {
    let text = Fixtures.conversation(
      """
      step a
        ask code (words up to 5):
          Which language?
          no answer after 1 day -> finish
        set language {code}:
          - set -> done
          - not offered -> sorry

      step done
        say: Done.
        end

      step sorry
        say: Sorry.
        end

      step finish
        end
      """)
    var play = try Play(("a.txt", text))
    _ = try play.text("TRY")
    #expect(try play.text("CY").sent.map(\.text) == ["Done."])
    #expect(play.lane.chosenLanguage == "cy")
    _ = try play.text("TRY")
    #expect(try play.text("xx").sent.map(\.text) == ["Sorry."])
    #expect(play.lane.chosenLanguage == "cy")
  }

  @Test(arguments: ActionKind.all.filter { !$0.isLive }.map(\.words))
  func `what the gateway cannot do yet is refused, and so is what runs it`(words: String) throws {
    let kind = try #require(ActionKind.kind(of: words))
    let line = kind.form.replacing("{", with: "").replacing("}", with: "")
    let outer = Fixtures.conversation(keyword: "OUTER", "step a\n  run a\n  end")
    let library = try Fixtures.library([
      ("a.txt", Self.doing(line, of: kind)), ("outer.txt", outer), Fixtures.door,
    ])
    #expect(library.refusals.map(\.code) == ["E314", "E314"])
    #expect(library.refusals.map(\.file) == ["a.txt", "outer.txt"])
    #expect(library.program("a")?.actionsToCome == [words])
  }
}
