/// One kind of action: its words and its closed list of outcomes.
///
/// An action is one file like `ReportDanger.swift` and one entry in `all`; what it does is the
/// gateway's, inside the turn's transaction.
struct ActionKind: Sendable {
  /// The words that it begins with.
  let words: String
  /// Whether something stands between the words and the colon, such as the kind of a request.
  let takesSubject: Bool
  /// Everything that can come of it; a script handles all of them.
  let outcomes: [String]

  /// The actions of the language.
  static let all: [ActionKind] = [reportDanger, recordRequest]
}
