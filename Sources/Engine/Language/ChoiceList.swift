/// `choices satisfaction:` at the left edge: a list of choices that several questions name.
///
/// The choices stand under it as under `ask`, with their translations, and lead nowhere.
enum ChoiceList {
  /// Reads one list into the reader; what is wrong with it is reported.
  static func read(_ node: SourceNode, _ reader: inout FileReader) {
    let name = node.text.after("choices")?.cut(at: ":")?.before ?? ""
    let isType = answerTypeKinds.contains { kind in
      // The words of a type would never reach the list.
      var probe = FileReader(file: "", vocabulary: reader.vocabulary)
      return kind.read(name, TypedQuestion(line: 0, options: []), &probe) != nil
    }
    if !ValueName.isValid(name) || isType || reader.choiceLists[name] != nil {
      reader.report(
        "E238", node.line, "“\(name)” cannot be the name of a list of choices",
        fix: "write “choices satisfaction:” with a name of its own")
    }
    var asking = AskReader(node: node)
    for child in node.children {
      guard let rest = child.text.after("-"), !child.text.hasPrefix("->") else {
        reader.report(
          "E239", child.line, "“\(child.text.prefix(40))” is not a choice",
          fix: "write “- id: What people read”")
        continue
      }
      asking.readChoice(rest, child, &reader)
    }
    for choice in asking.choices where choice.target != nil {
      reader.report(
        "E237", choice.line, "a choice of a list cannot jump",
        fix: "leave out “->”, and follow the question with “when”")
    }
    if asking.choices.count < 2 {
      reader.report(
        "E239", node.line, "this list has fewer than two choices", fix: "add lines “- id: Label”")
    }
    asking.reportTies(&reader)
    reader.choiceLists[name] = asking.choices
  }
}
