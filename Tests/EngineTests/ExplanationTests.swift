import Messaging
import Testing

@testable import Engine

@Suite struct ExplanationTests {
  /// What decided, after these texts, for the last of them.
  private func explanation(_ texts: [String], choice: String? = nil) throws -> Explanation? {
    var play = try Play(Fixtures.door, Fixtures.trial)
    for text in texts.dropLast() { _ = try play.text(text) }
    let event = LaneEvent.message(text: texts[texts.count - 1], choice: choice)
    let (turn, explanation) = play.library.explainedTurn(play.lane, event, play.context)
    guard case .finished(let lane, let effects) = turn,
      case .finished(let other, let same) = play.library.turn(play.lane, event, play.context)
    else { return explanation }
    #expect(lane == other)
    #expect(effects == same)
    return explanation
  }

  @Test(arguments: [
    (["help"], 1, "HELP"), (["pls stop texting me"], 1, "wish to opt out"),
    (["the bin is on fire"], 2, "danger"),
    (["FIRE DOOR", "1"], 3, "the whole reply is its number, id, label or synonym"),
    (["FIRE DOOR", "yeah"], 3, "common-words.txt"),
    (["FIRE DOOR", "it stays open mostly"], 3, "holds a phrase"),
    (["FIRE DOOR", "brokem"], 3, "slip of the finger"), (["FIRE DOOR", "👍"], 3, "the sign"),
    (["FIRE DOOR", "hmmmm"], 3, "does not take it: it holds no answer; nor is it a keyword"),
    (["TRY", "a bench", "4"], 3, "its type is (number"),
    (["TRY", "fire door"], 4, "exactly the keyword FIRE DOOR of door-check, so it is asked which"),
    (["fire door"], 4, "It is the keyword FIRE DOOR of door-check."),
    (["TRY a bench"], 4, "It begins with the keyword TRY of trial."),
    (["fire dorr"], 4, "a slip away from the keyword FIRE DOOR"),
    (["nonsense words entirely"], 5, "No question is open"), ([" "], 5, "no words"),
    (["person", "are you there"], 5, "has taken over"),
  ])
  func `each rule is told by its number and its reason`(
    texts: [String], rule: Int, reason: String
  ) throws {
    let explanation = try #require(try explanation(texts))
    #expect(explanation.rule == rule)
    #expect(explanation.sentence.contains(reason), "\(explanation.sentence)")
  }

  @Test func `a reply to the gateway's own question comes before the rules`() throws {
    let explanation = try #require(try explanation(["fire dorr", "yes"]))
    #expect(explanation.rule == nil)
  }

  @Test func `a pressed button says so`() throws {
    let explanation = try #require(try explanation(["FIRE DOOR", "No"], choice: "no"))
    #expect(explanation.sentence.contains("a button was pressed"))
  }

  @Test func `what is no message has no reason`() throws {
    let play = try Play(Fixtures.door)
    let start = LaneEvent.start(conversation: "door-check", step: nil)
    #expect(play.library.explainedTurn(play.lane, start, play.context).explanation == nil)
  }
}
