import Engine
import HTTP

/// The draft of a conversation file from a flow, with what could not be carried over.
struct FlowDraft {
  /// The file's text.
  private(set) var text = ""
  /// What was left out or changed, one sentence each.
  var leftOut: [String] = []

  let flow: Flow
  /// The code of the source language, and the translations that are complete: how the export and how
  /// the file spell them.
  let language: String
  var languages: [(export: String, code: String)] = []
  /// How many wordings have no translation, by language of the export.
  var missing: [String: Int] = [:]
  /// The names of the steps, by node.
  var steps: [String: String] = [:]
  /// The names of the questions, by the key of the result.
  var questions: [String: String] = [:]
  /// The ids of a question's choices, by question and by the words that lead to them.
  var choices: [String: [String: String]] = [:]
  /// The names that `set` gives a value to.
  var variables: Set<String> = []
  /// The longest silence that a question takes, in seconds.
  var longestWait = 3 * 86_400
  /// The nodes that say no more than sorry.
  let sorryNodes: Set<String>

  /// The team that a draft names until somebody writes its own.
  static let team = "Your Team"

  /// Makes the draft; `language` is the code for a flow that does not say its own.
  init(_ flow: Flow, language: String?) {
    self.flow = flow
    sorryNodes = Self.sorryNodes(of: flow)
    self.language = language ?? FlowWords.languages[flow.language] ?? "en"
    var counting = self
    counting.languages = flow.translations.compactMap { name in
      FlowWords.languages[name].map { (name, $0) }
    }.filter { $0.code != self.language }
    let candidates = counting.languages
    counting.write()
    languages = candidates.filter { counting.missing[$0.export, default: 0] == 0 }.prefix(11)
      .map { ($0.export, $0.code) }
    write()
    for (name, code) in candidates where !languages.contains(where: { $0.code == code }) {
      let count = counting.missing[name, default: 0]
      leftOut.append("The translation into \(code): it lacks \(count) wordings.")
    }
    for name in flow.translations where FlowWords.languages[name] == nil {
      leftOut.append("The translation into “\(name)”: it is no language of a conversation.")
    }
  }

  private mutating func write() {
    nameSteps()
    let nodes = flow.nodes.filter { !sorryNodes.contains($0.uuid) }
    var bodies: [(name: String, lines: [String])] = []
    for node in nodes { bodies.append((steps[node.uuid] ?? "", lines(of: node))) }
    let reached = reachable(from: bodies.first?.name ?? "", in: bodies)
    for body in bodies where !reached.contains(body.name) {
      leftOut.append("The step “\(body.name)”: nothing leads there.")
    }
    bodies.removeAll { !reached.contains($0.name) }
    let targets = Set(bodies.flatMap { $0.lines.compactMap(Self.target) })
    if targets.contains("person") {
      bodies.append(
        ("person", ["  hand over to \(Self.team): A reply was not understood."]))
    }
    if targets.contains("finish") { bodies.append(("finish", ["  end"])) }
    text =
      head()
      + bodies.map { "\nstep \($0.name)\n" + $0.lines.joined(separator: "\n") + "\n" }
      .joined()
  }

  private mutating func nameSteps() {
    var taken: Set<String> = ["person", "finish"]
    for (index, node) in flow.nodes.enumerated() {
      var name = index == 0 ? "start" : "part \(index + 1)"
      if let router = node.router, router.waits {
        let key = FlowWords.name(router.resultName)
        if index > 0, !key.isEmpty, !taken.contains(key) { name = key }
        var question = key.isEmpty ? "answer \(index + 1)" : key
        if ExampleRunner.fact(in: question + " is x") != nil || questions.values.contains(question)
          || ["landlord", "phone", "language"].contains(question)
        {
          question = String(question.prefix(30)) + " \(index + 1)"
        }
        questions[key.isEmpty ? node.uuid : key] = question
        questions[node.uuid] = question
      }
      if taken.contains(name) { name = "part \(index + 1) of it" }
      taken.insert(name)
      steps[node.uuid] = name
    }
  }

  private mutating func head() -> String {
    let title = FlowWords.plain(flow.name)
    var head = "conversation: \(title.isEmpty ? "A flow" : String(title.prefix(100)))\n"
    head += "format: 1\nowner: \(Self.team)\nclass: engagement\n"
    var keywords: [String] = []
    for keyword in flow.keywords {
      let word = FlowWords.name(keyword)
      if word.isEmpty || FlowWords.reserved.contains(word) {
        leftOut.append("The keyword “\(FlowWords.plain(keyword).prefix(40))”.")
      } else if !keywords.contains(word.uppercased()) {
        keywords.append(word.uppercased())
      }
    }
    if !keywords.isEmpty { head += "start when they text: \(keywords.joined(separator: ", "))\n" }
    head += "start from: \(keywords.isEmpty ? "staff" : "resident, staff")\n"
    head += "languages: \(([language] + languages.map(\.code)).joined(separator: ", "))\n"
    head += "answers: named\n"
    let expires = min(max(flow.expiresAfterMinutes ?? 0, 0), 30 * 1440) * 60
    let days = max(longestWait, expires) / 86_400 + 1
    head += "forget after: \(days) days\n"
    return head
      + "\nnote: A draft from a flow. Read every line, name your team, and write examples.\n"
  }

  /// The steps that can be come to from that one.
  private func reachable(
    from first: String, in bodies: [(name: String, lines: [String])]
  ) -> Set<String> {
    var reached: Set<String> = [first]
    var waiting = [first]
    while let name = waiting.popLast() {
      for body in bodies where body.name == name {
        for target in body.lines.compactMap(Self.target) where reached.insert(target).inserted {
          waiting.append(target)
        }
      }
    }
    return reached
  }

  /// The step that a line leads to; nil for wording and notes.
  static func target(_ line: String) -> String? {
    let words = line.drop { $0 == " " }
    guard !words.hasPrefix("say:"), !words.hasPrefix("note:"),
      let arrow = words.range(ofLast: "-> ")
    else { return nil }
    return String(words[arrow...])
  }

  /// The step that stands for a node, and the end for nil or a node that is not there.
  func step(_ node: String?) -> String { node.flatMap { steps[$0] } ?? "finish" }
}

extension Substring {
  /// Where the text after the last of those marks begins; nil for none.
  fileprivate func range(ofLast mark: String) -> Index? {
    var place: Index?
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(mark) { place = self.index(index, offsetBy: mark.count) }
      index = self.index(after: index)
    }
    return place
  }
}
