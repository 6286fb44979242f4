import Engine

/// The questions and branches of a flow.
extension FlowDraft {
  private static let ofWords: Set<String> = [
    "has_any_word", "has_all_words", "has_phrase", "has_only_phrase", "has_only_text",
    "has_beginning",
  ]
  private static let types = [
    "has_date": "date", "has_time": "time", "has_phone": "phone", "has_email": "email",
  ]

  /// Whether a name has a meaning of its own in every conversation.
  func isTaken(_ name: String) -> Bool {
    ExampleRunner.fact(in: name + " is x") != nil
  }

  /// A node that waits for a reply, as a question.
  mutating func question(_ node: Flow.Node, _ router: Flow.Router) -> [String] {
    let name = questions[node.uuid] ?? "answer"
    var lines: [String] = []
    for test in router.cases where !isCarried(test, router) {
      leave("The test \(test.type) of “\(name)”.", in: &lines)
    }
    var (type, below, after) = ("", [String](), [String]())
    var takesAnything = false
    if router.cases.contains(where: { Self.ofWords.contains($0.type) }) {
      below = choices(node, router, name)
      takesAnything = below.isEmpty
    }
    if below.isEmpty, let numbers = numbers(router) {
      (type, after) = (" (number \(numbers.low) to \(numbers.high))", tests(numbers, node, name))
    } else if below.isEmpty, let test = router.cases.first(where: { Self.types[$0.type] != nil }) {
      type = " (\(Self.types[test.type] ?? "date"))"
      after = ["  -> " + step(node.destination(of: test.category))]
    } else if below.isEmpty {
      takesAnything = true
      let test = router.cases.first { $0.type == "has_text" }
      type = " (words up to 300)"
      after = ["  -> " + step(node.destination(of: test?.category ?? router.defaultCategory))]
    }
    lines += asked(node, "  ask \(name)\(type): ", indent: "    ") + below
    if !takesAnything { lines += misunderstood(node, router) }
    return lines + silence(node, router) + after
  }

  /// Whether a question takes what a test looks for.
  private func isCarried(_ test: Flow.Case, _ router: Flow.Router) -> Bool {
    let hasWords = router.cases.contains { Self.ofWords.contains($0.type) }
    if Self.ofWords.contains(test.type) { return true }
    if hasWords { return false }
    if test.type.hasPrefix("has_number") { return Self.range(test) != nil }
    return Self.types[test.type] != nil || test.type == "has_text"
  }

  /// What is asked, or words that say that the flow has none.
  private mutating func asked(_ node: Flow.Node, _ head: String, indent: String) -> [String] {
    guard let message = askingMessage(node), message.text.contains(where: { !$0.isWhitespace })
    else {
      leftOut.append("The question “\(questions[node.uuid] ?? "")” has no words: write them.")
      return [head + "Please reply."]
    }
    return wording(head, [message], indent: indent)
  }

  /// One choice for each category that words lead to.
  private mutating func choices(
    _ node: Flow.Node, _ router: Flow.Router, _ question: String
  ) -> [String] {
    var lines: [String] = []
    var taken = FlowWords.reserved
    var ids: Set<String> = []
    let replies = askingMessage(node)?.quickReplies ?? []
    for category in router.categories {
      let tests = router.cases.filter {
        $0.category == category.uuid && Self.ofWords.contains($0.type)
      }
      guard !tests.isEmpty else { continue }
      let words = tests.flatMap { test in
        test.type == "has_any_word"
          ? test.arguments.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
          : test.arguments
      }.map { FlowWords.name($0) }
      let place = replies.firstIndex {
        let reply = FlowWords.name($0)
        return words.contains(reply) || reply == FlowWords.name(category.name)
      }
      var label = FlowWords.plain(place.map { replies[$0] } ?? category.name)
      label.removeAll { "():".contains($0) }
      var id = FlowWords.name(category.name)
      if id.isEmpty || ids.contains(id) { id = "choice \(ids.count + 1)" }
      guard !label.isEmpty, !taken.contains(FlowWords.name(label)), !taken.contains(id) else {
        leave("The choice “\(category.name)” of “\(question)”: its word is taken.", in: &lines)
        continue
      }
      ids.insert(id)
      taken.formUnion([id, FlowWords.name(label)])
      self.choices[question, default: [:]][FlowWords.name(category.name)] = id
      let also = words.filter { word in
        self.choices[question, default: [:]][word] = id
        let isNumber = word.allSatisfy(\.isNumber)
        return !word.isEmpty && !isNumber && taken.insert(word).inserted
      }
      let more = also.isEmpty ? "" : " (also \(also.joined(separator: ", ")))"
      let target = step(node.destination(of: category.uuid))
      lines.append("    - \(id): \(label)\(more) -> \(target)")
      lines += labels(node, category, place, replies.count)
    }
    return lines.contains { $0.hasPrefix("    - ") } ? lines : []
  }

  /// The translations of a choice's label.
  private mutating func labels(
    _ node: Flow.Node, _ category: Flow.Category, _ place: Int?, _ count: Int
  ) -> [String] {
    var lines: [String] = []
    for name in flow.translations {
      guard let code = FlowWords.languages[name], code != language else { continue }
      var label = flow.translated(category.uuid, "name", into: name).first ?? ""
      let replies = flow.translated(askingMessage(node)?.uuid ?? "", "quick_replies", into: name)
      if let place, replies.count == count { label = replies[place] }
      label = FlowWords.plain(label).filter { !"():".contains($0) }
      lines += translation(label.isEmpty ? [] : [label], code, name, "      ")
    }
    return lines
  }

  /// What follows a reply that is not understood.
  private mutating func misunderstood(_ node: Flow.Node, _ router: Flow.Router) -> [String] {
    let other = node.destination(of: router.defaultCategory)
    if let other, sorryNodes.contains(other),
      let sorry = flow.nodes.first(where: { $0.uuid == other })
    {
      leftOut.append(
        "“\(questions[node.uuid] ?? "")” asks for ever in the flow; here a person takes over.")
      return wording("    not understood: ", sorry.actions.map(Self.message), indent: "      ")
        + ["    not understood 3 times -> person"]
    }
    guard let other, steps[other] != nil, other != node.uuid else {
      return ["    not understood 2 times -> \(other == node.uuid ? "person" : "finish")"]
    }
    return ["    not understood 1 times -> " + step(other)]
  }

  private mutating func silence(_ node: Flow.Node, _ router: Flow.Router) -> [String] {
    guard let timeout = router.timeout else { return ["    no answer after 3 days -> finish"] }
    longestWait = max(longestWait, timeout.seconds)
    let minutes = (timeout.seconds + 59) / 60
    let time =
      minutes % 1440 == 0
      ? "\(minutes / 1440) days"
      : minutes % 60 == 0 ? "\(minutes / 60) hours" : "\(minutes) minutes"
    return ["    no answer after \(time) -> \(step(node.destination(of: timeout.category)))"]
  }
}

/// Numbers.
extension FlowDraft {
  /// The tests of a question for a number.
  struct Numbers {
    var low: Int
    var high: Int
    var ranges: [(range: ClosedRange<Int>, category: String)]
    var otherwise: String
  }

  /// The whole numbers that a test takes, within nought and a million; nil where it cannot be said.
  private static func range(_ test: Flow.Case) -> ClosedRange<Int>? {
    let bounds = test.arguments.map { Int($0) }.prefix(2)
    let top = 1_000_000
    guard bounds.allSatisfy({ $0.map { abs($0) <= top } ?? false }) else { return nil }
    let first = bounds.first ?? nil
    switch (test.type, first) {
    case ("has_number", _): return 0...top
    case ("has_number_between", let low?):
      guard bounds.count == 2, let high = bounds[1], low <= high else { return nil }
      return low...high
    case ("has_number_eq", let value?): return value...value
    case ("has_number_lt", let value?): return min(0, value - 1)...(value - 1)
    case ("has_number_lte", let value?): return min(0, value)...value
    case ("has_number_gt", let value?) where value < top: return (value + 1)...top
    case ("has_number_gte", let value?): return value...top
    default: return nil
    }
  }

  /// What a question for a number takes; nil where no test is for one.
  private func numbers(_ router: Flow.Router) -> Numbers? {
    let ranges = router.cases.compactMap { test in
      Self.range(test).map { (range: $0, category: test.category) }
    }
    guard let low = ranges.map(\.range.lowerBound).min(),
      let high = ranges.map(\.range.upperBound).max()
    else { return nil }
    return Numbers(
      low: low, high: max(high, low + 1), ranges: ranges, otherwise: router.defaultCategory)
  }

  /// The branches after the answer.
  private func tests(_ numbers: Numbers, _ node: Flow.Node, _ name: String) -> [String] {
    guard numbers.ranges.count > 1 || numbers.ranges[0].range.count == 1 else {
      return ["  -> " + step(node.destination(of: numbers.ranges[0].category))]
    }
    return numbers.ranges.map { test in
      "  when \(name) is at least \(test.range.lowerBound) and \(name) is at most "
        + "\(test.range.upperBound) -> \(step(node.destination(of: test.category)))"
    } + ["  otherwise -> " + step(node.destination(of: numbers.otherwise))]
  }

  /// A node that branches by a value without waiting.
  mutating func branch(_ node: Flow.Node, _ router: Flow.Router) -> [String] {
    var lines: [String] = []
    let otherwise = step(node.destination(of: router.defaultCategory))
    let path = router.operand.filter { !"@()".contains($0) }.split(separator: ".").map(String.init)
    let key = path.count > 1 ? FlowWords.name(path[1]) : ""
    let known = questions[key] ?? (variables.contains(key) ? key : nil)
    guard path.first == "results", path.count <= 3, let name = known else {
      leave("A branch by \(router.operand): it goes on to “\(otherwise)”.", in: &lines)
      return lines + ["  -> " + otherwise]
    }
    for test in router.cases {
      let target = step(node.destination(of: test.category))
      if let range = Self.range(test), test.type.hasPrefix("has_number") {
        lines.append(
          "  when \(name) is at least \(range.lowerBound) and \(name) is at most "
            + "\(range.upperBound) -> \(target)")
      } else if let id = test.arguments.compactMap({ choices[name]?[FlowWords.name($0)] }).first {
        lines.append("  when \(name) is \"\(id)\" -> \(target)")
      } else if variables.contains(name), let word = test.arguments.first {
        let plain = FlowWords.plain(word).filter { $0 != "\"" }
        lines.append("  when \(name) is \"\(plain)\" -> \(target)")
      } else {
        leave("The test \(test.type) of \(router.operand).", in: &lines)
      }
    }
    // The branches stand together: notes come before them.
    let notes = lines.filter { !$0.hasPrefix("  when ") }
    let whens = lines.filter { $0.hasPrefix("  when ") }
    return notes + (whens.isEmpty ? ["  -> " + otherwise] : whens + ["  otherwise -> " + otherwise])
  }
}
