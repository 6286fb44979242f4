import Testing

@testable import Engine

/// The tenant survey asks what the regulator wrote, word for word.
@Suite struct ShippedSurveyTests {
  /// The questions with their filters, in order: Regulator of Social Housing, Tenant Satisfaction
  /// Measures, 2022.
  static let questions: [(name: String, words: String)] = [
    (
      "tp01",
      "Taking everything into account, how satisfied or dissatisfied are you with the service "
        + "provided by {landlord}?"
    ),
    ("repair", "Has {landlord} carried out a repair to your home in the last 12 months?"),
    (
      "tp02",
      "How satisfied or dissatisfied are you with the overall repairs service from {landlord} over "
        + "the last 12 months?"
    ),
    (
      "tp03",
      "How satisfied or dissatisfied are you with the time taken to complete your most recent "
        + "repair after you reported it?"
    ),
    (
      "tp04",
      "How satisfied or dissatisfied are you that {landlord} provides a home that is well "
        + "maintained?"
    ),
    (
      "tp05",
      "Thinking about the condition of the property or building you live in, how satisfied or "
        + "dissatisfied are you that {landlord} provides a home that is safe?"
    ),
    (
      "tp06",
      "How satisfied or dissatisfied are you that {landlord} listens to your views and acts upon "
        + "them?"
    ),
    (
      "tp07",
      "How satisfied or dissatisfied are you that {landlord} keeps you informed about things that "
        + "matter to you?"
    ),
    (
      "tp08",
      "To what extent do you agree or disagree with the following: \"{landlord} treats me fairly "
        + "and with respect\"?"
    ),
    ("complaint", "Have you made a complaint to {landlord} in the last 12 months?"),
    (
      "tp09",
      "How satisfied or dissatisfied are you with {landlord}'s approach to complaints handling?"
    ),
    (
      "communal",
      "Do you live in a building with communal areas, either inside or outside, that {landlord} is "
        + "responsible for maintaining?"
    ),
    (
      "tp10",
      "How satisfied or dissatisfied are you that {landlord} keeps these communal areas clean and "
        + "well maintained?"
    ),
    (
      "tp11",
      "How satisfied or dissatisfied are you that {landlord} makes a positive contribution to your "
        + "neighbourhood?"
    ),
    (
      "tp12",
      "How satisfied or dissatisfied are you with {landlord}'s approach to handling anti-social "
        + "behaviour?"
    ),
  ]

  static let satisfaction = [
    "Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied",
    "Fairly dissatisfied", "Very dissatisfied",
  ]
  static let agreement = [
    "Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree",
  ]
  static let notKnown = "Not applicable/don't know"
  /// The questions that offer it; the first of all must not.
  static let mayBeUnknown: Set = ["tp05", "tp06", "tp07", "tp08", "tp11", "tp12"]

  /// What the conversation asks between the invitation and the offer to go on later.
  private func asks() throws -> [Ask] {
    let program = try #require(ShippedConversationsTests.report.library?.program("tsm"))
    return program.steps.flatMap(\.statements).compactMap { $0 as? Ask }
      .filter { !["take part", "go on"].contains($0.name) }
  }

  @Test func `the questions are the regulator's, in the regulator's order`() throws {
    let asked = try asks().map { "\($0.name): \($0.wording.variants.map(\.template.plain))" }
    #expect(asked == Self.questions.map { "\($0.name): \([$0.words])" })
  }

  @Test func `the answers are the regulator's`() throws {
    for ask in try asks() where ask.name.hasPrefix("tp") {
      let labels = ask.choices.flatMap { $0.label.variants.map(\.template.plain) }
      let scale = ask.name == "tp08" ? Self.agreement : Self.satisfaction
      let last = Self.mayBeUnknown.contains(ask.name) ? [Self.notKnown] : []
      #expect(labels == scale + last, "\(ask.name)")
    }
  }
}
