import Messaging

/// Wording that a regulator fixed, so that nothing about its style is for the author to change.
///
/// Source: Regulator of Social Housing, Tenant Satisfaction Measures: Tenant survey requirements,
/// 2022: the questions of TP01 to TP12 and their filters.
enum LockedTexts {
  /// Whether the words are such a question.
  static func contains(_ template: Template) -> Bool {
    folded.contains(Folding.words(template.plain).joined(separator: " "))
  }

  private static let folded = Set(questions.map { Folding.words($0).joined(separator: " ") })

  static let questions = [
    "Taking everything into account, how satisfied or dissatisfied are you with the service "
      + "provided by {landlord}?",
    "Has {landlord} carried out a repair to your home in the last 12 months?",
    "How satisfied or dissatisfied are you with the overall repairs service from {landlord} over "
      + "the last 12 months?",
    "How satisfied or dissatisfied are you with the time taken to complete your most recent repair "
      + "after you reported it?",
    "How satisfied or dissatisfied are you that {landlord} provides a home that is well maintained?",
    "Thinking about the condition of the property or building you live in, how satisfied or "
      + "dissatisfied are you that {landlord} provides a home that is safe?",
    "How satisfied or dissatisfied are you that {landlord} listens to your views and acts upon "
      + "them?",
    "How satisfied or dissatisfied are you that {landlord} keeps you informed about things that "
      + "matter to you?",
    "To what extent do you agree or disagree with the following: {landlord} treats me fairly and "
      + "with respect?",
    "Have you made a complaint to {landlord} in the last 12 months?",
    "How satisfied or dissatisfied are you with {landlord}'s approach to complaints handling?",
    "Do you live in a building with communal areas, either inside or outside, that {landlord} is "
      + "responsible for maintaining?",
    "How satisfied or dissatisfied are you that {landlord} keeps these communal areas clean and "
      + "well maintained?",
    "How satisfied or dissatisfied are you that {landlord} makes a positive contribution to your "
      + "neighbourhood?",
    "How satisfied or dissatisfied are you with {landlord}'s approach to handling anti-social "
      + "behaviour?",
  ]
}
