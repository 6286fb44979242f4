import Messaging

/// What reading one file has learnt so far, and the findings about it.
///
/// Errors never stop the reading, so an author sees all of them at once.
struct FileReader {
  /// The file's name.
  let file: String
  /// The words that every conversation shares.
  let vocabulary: Vocabulary
  /// The findings so far.
  var findings: [Diagnostic] = []
  /// The declared languages; the first is the source language.
  var languages: [String] = ["en"]
  /// The names of the steps, in the file's order, known before any statement is read.
  var stepNames: [String] = []
  /// The named lists of choices.
  var choiceLists: [String: [Ask.Choice]] = [:]
  /// The questions read so far, by name.
  var questions: [String: AnswerType] = [:]
  /// The names that `set` gives values to, with whether they are numbers.
  var variables: [String: Bool] = [:]

  /// The names that staff fill in when they start it.
  var filledIn: Set<String> = []

  /// Where all wording stands, for translators; nil where nobody asks.
  var wordingPlaces: [WordingPlace]?

  /// What misspelt lines were probably meant to be, so that it is not reported missing as well.
  var meant: Set<String> = []

  /// The last lines before those that stand at the left edge by mistake: what seems to be missing
  /// there is not reported as well.
  var cutShort: Set<Int> = []

  /// Notes a finding.
  mutating func report(_ code: String, _ line: Int, _ problem: String, fix: String) {
    guard findings.count < 200, code == "E102" || !cutShort.contains(line) else { return }
    findings.append(
      Diagnostic(code: code, file: file, line: line, problem: problem, fix: fix))
  }

  /// The place of the step called `name`; an unknown one is reported and gives the first.
  mutating func step(_ name: String, line: Int) -> Int {
    let name = name.lowercased()
    if let index = stepNames.firstIndex(of: name) { return index }
    report(
      "E301", line, "there is no step called “\(name)”",
      fix: Spelling.offer(
        name, among: stepNames, else: "write a line “step \(name)” with what happens there"))
    return 0
  }

  /// Reads a duration; anything else is reported and gives a day.
  mutating func duration(_ words: String, line: Int) -> Duration {
    if let duration = Duration(words: words) { return duration }
    report(
      "E212", line, "“\(words)” is not a length of time",
      fix: "write a number and minutes, hours, days or weeks, such as “3 days”")
    return .days(1)
  }

  /// A team's name; one that is empty or too long is reported.
  mutating func team(_ name: String, line: Int) -> String {
    if name.isEmpty || name.utf8.count > 100 {
      report(
        "E307", line, name.isEmpty ? "no team is named" : "the team's name is too long",
        fix: "write the team's name in a few words")
    }
    return name
  }

  /// Reads the statements of one step.
  mutating func statements(_ nodes: [SourceNode]) -> [any Statement] {
    var statements: [any Statement] = []
    var rest = nodes[...]
    var isUneven = false
    while let node = rest.first {
      if node.indent != nodes[0].indent, !isUneven {
        isUneven = true
        report(
          "E105", node.line, "this line is indented neither with the statements nor under one",
          fix: "give it as many spaces in front as line \(nodes[0].line)")
      }
      if let statement = statement(&rest) {
        statements.append(statement)
      } else {
        rest.removeFirst()
        reportUnknown(node)
      }
    }
    return statements
  }

  private mutating func statement(_ rest: inout ArraySlice<SourceNode>) -> (any Statement)? {
    for kind in statementKinds {
      if let statement = kind.read(&rest, &self) { return statement }
    }
    return nil
  }

  private mutating func reportUnknown(_ node: SourceNode) {
    let first = node.text.split(whereSeparator: { $0 == " " || $0 == ":" }).first ?? ""
    report(
      "E103", node.line, "“\(node.text.prefix(40))” is not a statement",
      fix: Spelling.offer(
        String(first), among: Self.openings,
        else: "begin with say:, ask, ->, when, set, wait, run, end, hand over to or an action"))
  }

  private static let openings =
    [
      "say", "ask", "when", "otherwise", "set", "end", "hand over to", "hand", "new message", "new",
      "wait", "run", "picture", "->",
    ] + Set(ActionKind.all.flatMap { [$0.words, String($0.words.prefix { $0 != " " })] }).sorted()

  /// Reports lines under a statement that takes none.
  mutating func refuseChildren(of node: SourceNode) {
    guard let child = node.children.first else { return }
    report(
      "E106", child.line, "nothing can be indented under “\(node.text.prefix(30))”",
      fix: "move the line to the left, or say what it belongs to")
  }
}
