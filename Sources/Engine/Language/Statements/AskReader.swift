import Messaging

/// Reads one `ask` with its children.
struct AskReader {
  let node: SourceNode
  var wordingLines: [SourceNode] = []
  var choices: [Ask.Choice] = []
  var showsChoices = true
  var retry: Wording?
  var giveUp: Ask.GiveUp?
  var reminder: Ask.Reminder?
  var silence: Ask.Silence?
  /// Whether it is a question of an example's poll, which has no ways out of its own.
  private var isOfPoll = false

  /// Makes a reader for the question that begins at `node`.
  init(node: SourceNode) {
    self.node = node
  }

  /// Reads a question of a poll, as an example has it.
  mutating func pollQuestion(_ head: String, _ reader: inout FileReader) -> Ask {
    isOfPoll = true
    return ask(head, &reader)
  }

  /// Reads it; `head` is what follows the word `ask`.
  mutating func ask(_ head: String, _ reader: inout FileReader) -> Ask {
    let (title, words) = head.cut(at: ":") ?? (head, "")
    if !head.contains(":") {
      reader.report(
        "E213", node.line, "a colon is missing after the question's name",
        fix: "write “ask \(head):”")
    }
    let (name, typeName) = Self.nameAndType(title)
    if !isOfPoll { reportName(name, &reader) }
    for (index, child) in node.children.enumerated() where !readChild(child, &reader) {
      if hasChildren || child.text.contains("->") {
        reportStray(child, after: index > 0 ? node.children[index - 1] : node, &reader)
      } else {
        wordingLines.append(child)
      }
    }
    let wording = reader.wording(words, lines: wordingLines, line: node.line)
    let type = answerType(typeName, &reader)
    if !isOfPoll { reportWaysOut(type, &reader) }
    reportTies(&reader)
    reader.questions[name] = type
    reportConditional(&reader)
    return Ask(
      line: node.line, name: name, wording: wording, type: type,
      matcher: QuestionMatcher(type, vocabulary: reader.vocabulary),
      narrowed: narrowed(type, reader), choices: choices,
      showsChoices: showsChoices, retry: retry, giveUp: giveUp, reminder: reminder,
      silence: silence ?? Ask.Silence(after: .days(1), target: 0))
  }

  /// What takes a reply without some of the conditional choices, for each set of them.
  private func narrowed(_ type: AnswerType, _ reader: FileReader) -> [QuestionMatcher] {
    let conditional = choices.indices.filter { choices[$0].condition != nil }
    guard !conditional.isEmpty, conditional.count <= Ask.conditionalLimit else { return [] }
    return (1..<(1 << conditional.count)).map { hidden in
      let without = Set(
        conditional.indices.filter { hidden >> $0 & 1 == 1 }.map { conditional[$0] })
      let options = choices.indices.filter { !without.contains($0) }.map {
        AnswerType.Option(id: choices[$0].id, phrases: choices[$0].phrases)
      }
      return QuestionMatcher(type.narrowed(to: options), vocabulary: reader.vocabulary)
    }
  }

  private func reportConditional(_ reader: inout FileReader) {
    let conditional = choices.filter { $0.condition != nil }
    guard let last = conditional.last else { return }
    if conditional.count > Ask.conditionalLimit {
      reader.report(
        "E226", last.line, "more than \(Ask.conditionalLimit) choices have a condition",
        fix: "ask two questions, or branch with “when” before asking")
    }
    if conditional.count == choices.count {
      reader.report(
        "E227", last.line, "there may be no choice at all",
        fix: "let one choice stand without a condition")
    }
  }

  /// Whether a child was read, so that no more wording may come.
  private var hasChildren: Bool {
    !choices.isEmpty || retry != nil || giveUp != nil || reminder != nil || silence != nil
  }

  private static func nameAndType(_ title: String) -> (String, String?) {
    guard title.hasSuffix(")"), let (name, type) = title.cut(at: "(") else { return (title, nil) }
    return (name, String(type.dropLast()).trimmed)
  }

  private func reportName(_ name: String, _ reader: inout FileReader) {
    if !ValueName.isValid(name) {
      reader.report(
        "E214", node.line, "“\(name)” cannot be a question's name",
        fix: "use letters, digits, spaces and hyphens only")
    } else if reader.questions[name] != nil || reader.variables[name] != nil
      || ValueName.all.contains(name)
    {
      reader.report(
        "E306", node.line, "“\(name)” already means something else",
        fix: "give this question another name")
    }
  }

  /// Reads a line that begins with a child's keyword; false for others.
  mutating func readChild(_ child: SourceNode, _ reader: inout FileReader) -> Bool {
    if !child.text.hasPrefix("->"), let rest = child.text.after("-") {
      readChoice(rest, child, &reader)
    } else if child.text == "list: no" {
      showsChoices = false
    } else if let words = child.text.after("not understood:") {
      retry = reader.wording(words, lines: child.children, line: child.line)
    } else if let rest = child.text.after("not understood ") {
      readGiveUp(rest, child, &reader)
    } else if let rest = child.text.after("remind after ") {
      readReminder(rest, child, &reader)
    } else if let rest = child.text.after("no answer after ") {
      readSilence(rest, child, &reader)
    } else {
      return false
    }
    return true
  }

  mutating func readChoice(
    _ rest: String, _ child: SourceNode, _ reader: inout FileReader
  ) {
    let (head, target) =
      rest.cutAtLast("->").map { ($0.before, $0.after as String?) } ?? (rest, nil)
    guard let (name, label) = head.cut(at: ":"),
      ValueName.isValid(name.cut(at: " if ")?.before ?? name)
    else {
      reader.report(
        "E215", child.line, "this choice has no id or no label",
        fix: "write “- id: What people read -> step”")
      return
    }
    let (id, test) = name.cut(at: " if ") ?? (name, "")
    let condition = test.isEmpty ? nil : reader.condition(test, line: child.line)
    if choices.contains(where: { $0.id == id }) {
      reader.report(
        "E216", child.line, "the choice “\(id)” is there twice", fix: "give each choice its own id")
    }
    var phrases: [String] = []
    let words = Self.cutSynonyms(label, into: &phrases)
    let translations = child.children.map { translation in
      SourceNode(
        line: translation.line, indent: translation.indent,
        text: Self.cutSynonyms(translation.text, into: &phrases), followsBlank: false,
        children: translation.children)
    }
    let wording = reader.wording(
      words, lines: translations, line: child.line, written: (label, child.children))
    phrases += wording.variants.filter(\.template.isConstant).map(\.template.plain)
    for word in [id] + phrases where reader.vocabulary.isReserved(word) {
      reader.report(
        "E217", child.line, "“\(word)” is a word that opts people out, so it cannot be an answer",
        fix: "choose another word")
    }
    let step = target.map { reader.step($0, line: child.line) }
    choices.append(
      Ask.Choice(
        line: child.line, id: id, label: wording, phrases: phrases, target: step,
        condition: condition))
  }

  /// Cuts `(also a, b)` off the end of a label.
  private static func cutSynonyms(_ label: String, into phrases: inout [String]) -> String {
    guard label.hasSuffix(")"), let (words, also) = label.cutAtLast("(also ") else { return label }
    phrases += also.dropLast().split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    return words
  }

  private mutating func readGiveUp(
    _ rest: String, _ child: SourceNode, _ reader: inout FileReader
  ) {
    reader.refuseChildren(of: child)
    guard let (count, target) = rest.cut(at: "->"),
      let times = Int(count.split(separator: " ").first ?? ""), (1...9).contains(times),
      count.hasSuffix(" times") || count.hasSuffix(" time")
    else {
      reader.report(
        "E218", child.line, "this way out cannot be read",
        fix: "write “not understood 2 times -> step”, or “not understood: words”")
      return
    }
    giveUp = Ask.GiveUp(times: times, target: reader.step(target, line: child.line))
  }

  private mutating func readReminder(
    _ rest: String, _ child: SourceNode, _ reader: inout FileReader
  ) {
    guard let (time, words) = rest.cut(at: ":"), reminder == nil else {
      reader.report(
        "E219", child.line,
        reminder == nil ? "this reminder cannot be read" : "a question has two reminders",
        fix: "write one line “remind after 1 day: words”")
      return
    }
    reminder = Ask.Reminder(
      after: reader.duration(time, line: child.line),
      wording: reader.wording(words, lines: child.children, line: child.line))
  }

  private mutating func readSilence(
    _ rest: String, _ child: SourceNode, _ reader: inout FileReader
  ) {
    reader.refuseChildren(of: child)
    guard let (time, target) = rest.cut(at: "->"), silence == nil else {
      reader.report(
        "E220", child.line, "this way out of silence cannot be read",
        fix: "write one line “no answer after 3 days -> step”")
      return
    }
    silence = Ask.Silence(
      after: reader.duration(time, line: child.line),
      target: reader.step(target, line: child.line))
  }

  private func reportStray(
    _ child: SourceNode, after previous: SourceNode, _ reader: inout FileReader
  ) {
    let word = child.text.split(whereSeparator: { $0 == " " || $0 == ":" }).first ?? ""
    reader.report(
      "E107", child.line, "“\(child.text.prefix(40))” does not belong under “ask”",
      fix: reader.languages.contains(String(word))
        ? "indent the translation under line \(previous.line), which it translates"
        : "put wording first, then “- id: Label”, “not understood”, “remind”, “no answer”")
  }
}
