import Testing

@testable import Engine

@Suite struct MatchingQuestionMatcherTests {
  @Test(arguments: matchingReplies.indices)
  func `a reply means what the table says`(row: Int) throws {
    let (question, reply, meaning) = matchingReplies[row]
    let matcher = try #require(MatchingQuestion.matchers[question])
    let answer = matcher.answer(to: FoldedReply(reply), on: someTuesday, sureOnly: false)
    #expect(meaning == answer.map(\.stored), "\(question): \(reply)")
  }

  @Test func `the table holds replies enough and none twice`() {
    #expect(matchingReplies.count >= 200)
    let keys = matchingReplies.map { "\($0.question) \(Array($0.reply.utf8))" }
    #expect(Set(keys).count == keys.count)
  }

  @Test(arguments: [
    (MatchingQuestion.door, "1", true), (.door, "two", true), (.door, "Yes, it shuts", true),
    (.door, "yes", true), (.door, "Ydy", true), (.door, "broken", true),
    (.door, "no thanks", true), (.door, "nope", false),
    (.door, "yes please", true), (.door, "ok", false), (.door, "👍", false), (.door, "brokn", false),
    (.door, "it is broken", false), (.topic, "option 2", true), (.topic, "lifts", true),
    (.topic, "lfits", false), (.people, "5", true), (.people, "five", true),
    (.people, "5 of us", false), (.words, "bins", false),
  ])
  func `only a number, id, label or synonym is sure`(
    question: MatchingQuestion, reply: String, isSure: Bool
  ) throws {
    let matcher = try #require(MatchingQuestion.matchers[question])
    #expect(
      (matcher.answer(to: FoldedReply(reply), on: someTuesday, sureOnly: true) != nil) == isSure)
    #expect(
      matcher.answer(to: FoldedReply(reply), on: someTuesday, sureOnly: false) != nil,
      "what is not sure may still be understood")
  }

  @Test func `a pressed button answers its own question only`() throws {
    let door = try #require(MatchingQuestion.matchers[.door])
    #expect(door.answer(pressed: "unsure") == .choice("unsure"))
    #expect(door.answer(pressed: "lifts") == nil)
    let words = try #require(MatchingQuestion.matchers[.words])
    #expect(words.answer(pressed: "yes") == nil)
  }

  @Test func `words that two choices share are never guessed`() {
    let options = [
      AnswerType.Option(id: "a", phrases: ["Blue door"]),
      AnswerType.Option(id: "b", phrases: ["blue door", "Red"]),
    ]
    let matcher = QuestionMatcher(.choices(options), vocabulary: ShippedWords.vocabulary)
    #expect(matcher.answer(to: FoldedReply("blue door"), on: someTuesday, sureOnly: false) == nil)
    #expect(
      matcher.answer(to: FoldedReply("the blue door"), on: someTuesday, sureOnly: false) == nil)
    #expect(matcher.answer(to: FoldedReply("bleu door"), on: someTuesday, sureOnly: false) == nil)
    #expect(
      matcher.answer(to: FoldedReply("red"), on: someTuesday, sureOnly: false) == .choice("b"))
  }

  @Test func `a question with no choices understands nothing`() {
    let matcher = QuestionMatcher(.choices([]), vocabulary: ShippedWords.vocabulary)
    #expect(matcher.answer(to: FoldedReply("1"), on: someTuesday, sureOnly: false) == nil)
  }
}
