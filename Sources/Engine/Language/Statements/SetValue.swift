/// `set count to count + 1` keeps a number or a word for the rest of the session.
///
/// A number that was never set is 0. Only `+` and `-` are known.
///
/// ```text
/// conversation: Counting
/// owner: Front Desk
/// purpose: Show how a conversation counts.
/// start when they text: COUNT
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 2 days
///
/// step count
///   set count to count + 1
///   ask again:
///     That was {count}. Again?
///     - yes: Yes -> count
///     - no: No -> finish
///     not understood 2 times -> finish
///     no answer after 1 day -> finish
///
/// step finish
///   say: You counted to {count}.
///   end
///
/// example up to two
///   resident: COUNT
///   bot: That was 1. Again? 1 Yes 2 No
///   resident: yes
///   bot: That was 2. Again? 1 Yes 2 No
///   resident: no
///   bot: You counted to 2.
/// ```
struct SetValue: Statement {
  let line: Int
  let name: String
  let value: Value

  /// What is kept.
  enum Value: Sendable {
    /// These words, or the value of that name if there is one.
    case word(String)
    /// A sum of numbers and values, each with its sign.
    case sum([(sign: Double, term: Term)])
  }

  /// One part of a sum.
  enum Term: Sendable {
    case number(Double)
    case value(String)
  }

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let rest = node.text.after("set "),
      ActionKind.kind(of: node.text) == nil || rest.contains(" to ")
    else { return nil }
    nodes.removeFirst()
    reader.refuseChildren(of: node)
    guard let (name, words) = rest.cut(at: " to "), ValueName.isValid(name),
      let value = value(words)
    else {
      reader.report(
        "E305", node.line, "this “set” cannot be read",
        fix: "write “set name to word”, or “set count to count + 1”")
      return SetValue(line: node.line, name: "", value: .word(""))
    }
    if ValueName.all.contains(name) || reader.questions[name] != nil {
      reader.report(
        "E306", node.line, "“\(name)” already means something else",
        fix: "choose another name for what is set")
    }
    let isNumber = if case .sum = value { true } else { false }
    reader.variables[name] = (reader.variables[name] ?? true) && isNumber
    return SetValue(line: node.line, name: name, value: value)
  }

  private static func value(_ words: String) -> Value? {
    if words.isEmpty { return nil }
    if words.hasPrefix("\"") { return .word(words.unquoted) }
    var terms: [(sign: Double, term: Term)] = []
    var sign = 1.0
    var name = ""
    func finish() -> Bool {
      guard !name.isEmpty else { return false }
      terms.append((sign, Double(name).map(Term.number) ?? .value(name)))
      name = ""
      return true
    }
    for word in words.split(separator: " ") {
      if word == "+" || word == "-" {
        guard finish() else { return nil }
        sign = word == "+" ? 1 : -1
      } else {
        name += (name.isEmpty ? "" : " ") + word
      }
    }
    guard finish() else { return nil }
    if terms.count == 1, case .value(let word) = terms[0].term { return .word(word) }
    return .sum(terms)
  }

  var exits: [Exit] { [Exit(target: .next, learns: [name])] }

  func check(_ checker: inout ProgramChecker) {
    switch value {
    case .word(let word): checker.checkCopied(word, line: line)
    case .sum(let terms): check(terms, &checker)
    }
  }

  private func check(
    _ terms: [(sign: Double, term: Term)], _ checker: inout ProgramChecker
  ) {
    for case (_, .value(let name)) in terms { checker.checkName(name, line: line) }
  }

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [] }

  func explore(_ visit: inout StateVisit) {
    for var values in visit.values.deciding(Set(sources)) {
      switch value {
      case .word(let word):
        let index = values.table.index(of: word)
        values.set(name, to: index.map { values.known[$0] } ?? .text(word))
      case .sum(let terms):
        values.set(name, to: .text(values.table.clamped(total(of: terms, in: values))))
      }
      visit.go(.next, values)
    }
  }

  func run(_ run: inout TurnRun) -> Flow {
    switch value {
    case .word(let word):
      run.session.set(name, to: run.value(named: word) ?? word)
    case .sum(let terms):
      run.session.set(name, to: numberText(total(of: terms, in: run)))
    }
    return .next
  }
}

extension SetValue {
  /// What the terms come to; a value that is not known or no number counts nothing.
  private func total(
    of terms: [(sign: Double, term: Term)], in values: some Values
  ) -> Double {
    var total = 0.0
    for (sign, term) in terms {
      switch term {
      case .number(let number): total += sign * number
      case .value(let name): total += sign * (values.value(named: name).flatMap(Double.init) ?? 0)
      }
    }
    return total
  }
}

/// A number as it is stored and said: without decimals when it is whole.
func numberText(_ number: Double) -> String {
  if let whole = Int(exactly: number) { return String(whole) }
  return String(number)
}
