import Messaging

extension AskReader {
  /// What is taken for an answer, by the words in brackets or the choices.
  func answerType(_ name: String?, _ reader: inout FileReader) -> AnswerType {
    guard let name else {
      if choices.isEmpty {
        reader.report(
          "E221", node.line, "this question has neither choices nor a type",
          fix: "add lines “- id: Label -> step”, or a type such as “(yes or no)”")
      }
      return .choices(choices.map { AnswerType.Option(id: $0.id, phrases: $0.phrases) })
    }
    if let choice = choices.first {
      reader.report(
        "E222", choice.line, "a typed question has choices",
        fix: "leave out the type, or ask without choices and follow with “when”")
    }
    if let type = Self.answerType(named: name) { return type }
    let later = ["choices", "date", "time", "postcode", "phone", "email", "code"]
    if later.contains(where: { name.hasPrefix($0) }) {
      reader.report(
        "E209", node.line, "the type “\(name)” is not yet supported",
        fix: "use (yes or no), (number 1 to 20) or (words up to 300)")
    } else {
      reader.report(
        "E223", node.line, "“\(name)” is not a type of answer",
        fix: "use (yes or no), (number 1 to 20) or (words up to 300)")
    }
    return .words(upTo: 300)
  }

  static func answerType(named name: String) -> AnswerType? {
    if name == "yes or no" { return .yesOrNo }
    if let range = name.after("number "), let (low, high) = range.cut(at: " to "),
      let lower = Double(low), let upper = Double(high), lower < upper, lower.isFinite,
      upper.isFinite
    {
      return .number(lower...upper, decimals: range.contains("."))
    }
    if let limit = name.after("words up to ").flatMap(Int.init), (1...1600).contains(limit) {
      return .words(upTo: limit)
    }
    return nil
  }

  /// Two choices that the same words would pick.
  func reportTies(_ reader: inout FileReader) {
    var owners: [String: String] = [:]
    for choice in choices {
      for phrase in [choice.id] + choice.phrases {
        let folded = Folding.words(phrase).joined(separator: " ")
        if let owner = owners[folded], owner != choice.id {
          reader.report(
            "E224", choice.line, "“\(phrase)” could mean “\(choice.id)” or “\(owner)”",
            fix: "leave it out of one of them")
        }
        owners[folded] = choice.id
      }
    }
  }

  func reportWaysOut(_ type: AnswerType, _ reader: inout FileReader) {
    if silence == nil {
      reader.report(
        "E405", node.line, "this question has no way out when nobody answers",
        fix: "add a line “no answer after 3 days -> step”")
    }
    if case .words = type { return }
    if giveUp == nil {
      reader.report(
        "E406", node.line, "this question has no way out when replies are not understood",
        fix: "add a line “not understood 2 times -> step”")
    }
  }
}
