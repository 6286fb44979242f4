import Messaging
import Testing

@testable import Engine

@Suite struct FillInTests {
  static let visit = """
    conversation: Your visit
    owner: Repairs Team
    class: service
    start from: staff
    languages: en
    answers: named
    staff fill in: place (words up to 10), visits (number 1 to 3)
    forget after: 2 days

    step tell
      say: We will visit {place}, {visits} times.
      end
    """

  @Test func `staff's values are kept as answers are`() throws {
    var play = try Play(("visit.txt", Self.visit))
    let values = ["place": " Flat 4 ", "visits": "two", "other": "x"]
    #expect(
      try play.turn(.start(conversation: "visit", step: nil, values: values)).sent.map(\.text)
        == ["Elm Homes: We will visit Flat 4, 2 times."])
  }

  @Test(arguments: [
    [:], ["place": "Flat 4"], ["place": "Flat 4", "visits": "nine"],
    ["place": "a very long name of a place", "visits": "2"],
  ])
  func `nothing begins without them`(values: [String: String]) throws {
    var play = try Play(("visit.txt", Self.visit))
    #expect(try play.turn(.start(conversation: "visit", step: nil, values: values)) == [])
    #expect(play.lane.openConversation == nil)
  }

  @Test(arguments: [
    ("place (words up to 10), ", "place, ", "E121"),
    ("visits (number", "phone (number", "E306"),
    ("start from: staff", "start from: staff, resident", "E122"),
    ("visits (number 1 to 3)", "visits (colour)", "E121"),
  ])
  func `what cannot be filled in is an error`(from: String, into: String, code: String) {
    let text = Self.visit.replacing(from, with: into)
    #expect(text != Self.visit)
    #expect(Fixtures.check([("visit.txt", text)]).findings.map(\.code).contains(code))
  }

  @Test func `the names and kinds are there for staff pages`() throws {
    let program = try #require(try Fixtures.library([("visit.txt", Self.visit)]).program("visit"))
    #expect(program.fillIns.map(\.name) == ["place", "visits"])
    #expect(program.fillIns.map(\.kind) == ["words up to 10", "number 1 to 3"])
  }
}
