/// All that the conditions of a conversation ask, by the name of the value.
struct ConditionTests {
  /// The names that are read, in alphabetical order, those of copied values among them.
  let names: [String]
  private var tests: [String: [Condition.Test]] = [:]
  private let landlords: Set<String> = Set(ValueName.alwaysKnown)

  /// Words that are none of those that a condition names.
  private static let otherWords = "something else"

  /// Gathers them.
  init(_ program: Program) {
    var conditions = program.steps.flatMap(\.statements).flatMap(\.conditions)
    for wording in program.wordings {
      conditions += wording.variants.flatMap(\.template.segments).compactMap(\.condition)
    }
    if let gate = program.gate { conditions.append(gate.condition) }
    var names = Set(conditions.flatMap(\.names))
    let sets = program.steps.flatMap(\.statements).compactMap { $0 as? SetValue }
    for comparison in conditions.flatMap(\.comparisons) {
      tests[comparison.name, default: []].append(comparison.test)
    }
    if tests["building height"] != nil { tests["storeys", default: []].append(.atLeast(7)) }
    // A value that is copied into one that is read is read as well, and asked the same.
    var grew = true
    while grew {
      grew = false
      for set in sets where names.contains(set.name) {
        for source in set.sources where names.insert(source).inserted {
          tests[source, default: []] += tests[set.name] ?? []
          grew = true
        }
      }
    }
    self.names = names.sorted()
  }

  /// The numbers that values are compared with; what is no finite number is left out.
  var bounds: [Double] {
    let all = tests.values.joined().flatMap { test -> [Double] in
      switch test {
      case .atLeast(let bound), .atMost(let bound): [bound]
      case .isOne(let words), .isNot(let words), .includes(let words): words.compactMap(Double.init)
      case .known, .unknown: []
      }
    }
    return all.filter(\.isFinite)
  }

  /// One value for each answer that the conditions can give; of an answer's type, if it has one.
  func candidates(for name: String, type: AnswerType?) -> [ReadValues.Known] {
    let words = candidateWords(name)
    let texts: [String]
    switch type {
    case .choices, .yesOrNo: texts = type?.ids ?? []
    case .number(let range, _):
      let ends = [range.lowerBound, range.upperBound].map(numberText)
      texts = (words + ends).filter { Double($0).map(range.contains) ?? false }
    case .several(let options, let limit): texts = Self.selections(options, limit, named: words)
    case .words, .date, .time, .postcode, .phone, .email, .code, nil:
      texts = words + [Self.otherWords]
    }
    var seen = Set<String>()
    let known = texts.filter { seen.insert($0).inserted }.prefix(64).map(ReadValues.Known.text)
    return known + (landlords.contains(name) ? [] : [.unknown])
  }

  private func candidateWords(_ name: String) -> [String] {
    var words: [String] = []
    for test in tests[name] ?? [] {
      switch test {
      case .isOne(let list), .isNot(let list), .includes(let list):
        for word in list {
          words += name == "building height" && word == "high-rise" ? ["18", "11"] : [word]
          if let number = Double(word) { words += [number - 1, number + 1].map(numberText) }
        }
      case .atLeast(let bound), .atMost(let bound):
        words += [bound - 1, bound, bound + 1].map(numberText)
      case .known, .unknown: continue
      }
    }
    return words
  }

  /// The sets of choices that conditions can tell from one another, at most so many choices each.
  private static func selections(
    _ options: [AnswerType.Option], _ limit: Int, named words: [String]
  ) -> [String] {
    let tested = options.map(\.id).filter { words.contains($0) }.prefix(6)
    var selections: [String] = []
    for bits in 0..<(1 << tested.count) where bits.nonzeroBitCount <= limit {
      let chosen = tested.indices.filter { bits >> $0 & 1 == 1 }.map { tested[$0] }
      selections.append(chosen.isEmpty ? otherWords : chosen.joined(separator: ", "))
    }
    let hasOther = tested.count < options.count
    return hasOther ? selections : selections.filter { $0 != otherWords }
  }
}

extension Condition {
  /// The names whose values decide it.
  var names: Set<String> {
    var names = Set(comparisons.map(\.name))
    // “high-rise” is a matter of metres or of storeys.
    if names.contains("building height") { names.insert("storeys") }
    return names
  }
}

extension SetValue {
  /// The names that its value is made of.
  var sources: [String] {
    switch value {
    case .word(let word): [word]
    case .sum(let terms):
      terms.compactMap { _, term in
        if case .value(let name) = term { name } else { nil }
      }
    }
  }
}

extension Program {
  /// The type of answer of each question, by its name.
  var questions: [String: AnswerType] {
    let asks = steps.lazy.flatMap(\.statements).compactMap { $0 as? Ask }
    return Dictionary(asks.map { ($0.name, $0.type) }) { first, _ in first }
  }

  /// The names that `set` gives values to.
  var variables: Set<String> {
    Set(steps.lazy.flatMap(\.statements).compactMap { ($0 as? SetValue)?.name })
  }

  /// All that it says, in the file's order.
  var wordings: [Wording] {
    (gate.map { [$0.otherwise] } ?? []) + steps.flatMap(\.statements).flatMap(\.wordings)
  }
}
