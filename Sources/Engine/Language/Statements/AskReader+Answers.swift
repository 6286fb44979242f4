import Messaging

extension AskReader {
  /// What is taken for an answer, by the words in brackets or the choices.
  mutating func answerType(_ name: String?, _ reader: inout FileReader) -> AnswerType {
    let words = takeList(named: name, &reader) ?? "choices"
    let question = TypedQuestion(
      line: node.line, options: choices.map { AnswerType.Option(id: $0.id, phrases: $0.phrases) })
    var type: AnswerType?
    for kind in answerTypeKinds where type == nil { type = kind.read(words, question, &reader) }
    guard let type else {
      let forms = answerTypeKinds.dropFirst().map { $0.form }
      reader.report(
        "E223", node.line, "“\(words)” is not a type of answer",
        fix: "use \(forms.joined(separator: ", ")), or the name of a list of choices")
      return .words(upTo: 300)
    }
    reportChoices(type, &reader)
    return type
  }

  /// Takes the choices of a list that the brackets name, and gives the words that are left there.
  private mutating func takeList(named name: String?, _ reader: inout FileReader) -> String? {
    guard let name else { return nil }
    let (list, rest) = name.cut(at: ",") ?? (name, "")
    guard let listed = reader.choiceLists[list] else { return name }
    if let choice = choices.first {
      reader.report(
        "E222", choice.line, "a question with a list of choices has choices of its own",
        fix: "leave out one of the two")
    }
    choices = listed
    return rest.isEmpty ? "choices" : "choices, " + rest
  }

  private func reportChoices(_ type: AnswerType, _ reader: inout FileReader) {
    switch type {
    case .choices:
      guard choices.isEmpty else { return }
      reader.report(
        "E221", node.line, "this question has neither choices nor a type",
        fix: "add lines “- id: Label -> step”, or a type such as “(yes or no)”")
    case .several:
      if choices.count < 2 {
        reader.report(
          "E221", node.line, "this question has no choices to choose from",
          fix: "add lines “- id: Label”")
      }
      for choice in choices where choice.target != nil {
        reader.report(
          "E237", choice.line, "a choice of several cannot jump",
          fix: "leave out “->”, and follow the question with “when … includes \(choice.id)”")
      }
    case .yesOrNo, .number, .words, .date, .time, .postcode, .phone, .email, .code:
      guard let choice = choices.first else { return }
      reader.report(
        "E222", choice.line, "a typed question has choices",
        fix: "leave out the type, or ask without choices and follow with “when”")
    }
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
