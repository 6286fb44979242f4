/// What stands after `when`, `if` and `only for`: comparisons joined by `and` or by `or`.
struct Condition: Equatable, Sendable {
  /// The comparisons, at least one.
  let comparisons: [Comparison]
  /// Whether all must hold; else one is enough.
  let needsAll: Bool

  /// One value compared with something.
  struct Comparison: Equatable, Sendable {
    /// The value's name.
    let name: String
    /// How it is compared.
    let test: Test
  }

  /// How a value is compared; every test but `unknown` is false for an unknown value.
  enum Test: Equatable, Sendable {
    /// Equal to one of these, case aside.
    case isOne([String])
    /// Known, and equal to none of these.
    case isNot([String])
    /// Several choices, one of which is this.
    case includes([String])
    /// Has a value.
    case known
    /// Has no value.
    case unknown
    /// A number that is as great or greater.
    case atLeast(Double)
    /// A number that is as small or smaller.
    case atMost(Double)
  }

  /// The names whose values are known wherever the condition holds.
  var knownWhenTrue: Set<String> {
    guard needsAll || comparisons.count == 1 else { return [] }
    return Set(comparisons.lazy.filter { $0.test != .unknown }.map(\.name))
  }

  /// Whether the condition holds.
  func holds(in values: some Values) -> Bool {
    for comparison in comparisons
    where Self.holds(comparison, values) != needsAll {
      return !needsAll
    }
    return needsAll
  }

  private static func holds(
    _ comparison: Comparison, _ values: some Values
  ) -> Bool {
    let value = values.value(named: comparison.name)
    guard let value else { return comparison.test == .unknown }
    switch comparison.test {
    case .known: return true
    case .unknown: return false
    case .isOne(let words):
      return words.contains { equal(comparison.name, value, $0, values) }
    case .includes(let words):
      return value.parts(between: ",").contains { words.contains($0) }
    case .isNot(let words):
      return !words.contains { equal(comparison.name, value, $0, values) }
    case .atLeast(let bound): return Double(value).map { $0 >= bound } ?? false
    case .atMost(let bound): return Double(value).map { $0 <= bound } ?? false
    }
  }

  /// Equality of words, and the one word that stands for a number: a building of 18 metres or 7
  /// storeys is `high-rise` (Building Safety Act 2022, section 65).
  private static func equal(
    _ name: String, _ value: String, _ word: String, _ values: some Values
  ) -> Bool {
    if value == word || value.lowercased() == word.lowercased() { return true }
    guard name == "building height", word == "high-rise" else { return false }
    if let metres = Double(value), metres >= 18 { return true }
    return values.value(named: "storeys").flatMap(Double.init).map { $0 >= 7 } ?? false
  }
}

extension Condition {
  /// Reads a condition; the error is a sentence that says what is wrong with it.
  static func read(_ text: String) -> Result<Condition, ConditionError> {
    let all = text.parts(between: " and ")
    let any = text.parts(between: " or ")
    guard all.count == 1 || any.count == 1 else { return .failure(.mixed) }
    var comparisons: [Comparison] = []
    for part in all.count > 1 ? all : any {
      guard let comparison = comparison(part) else { return .failure(.unreadable(part)) }
      comparisons.append(comparison)
    }
    return .success(Condition(comparisons: comparisons, needsAll: any.count == 1))
  }

  private static func comparison(_ text: String) -> Comparison? {
    let lists = text.parts(between: " includes ")
    if lists.count == 2, ValueName.isValid(lists[0]) {
      return word(lists[1]).map { Comparison(name: lists[0], test: .includes([$0])) }
    }
    let sides = text.parts(between: " is ")
    guard sides.count == 2, ValueName.isValid(sides[0]) else { return nil }
    return test(sides[1]).map { Comparison(name: sides[0], test: $0) }
  }

  private static func test(_ text: String) -> Test? {
    if text == "known" { return .known }
    if text == "not known" { return .unknown }
    if let bound = text.after("at least ") { return Double(bound).map(Test.atLeast) }
    if let bound = text.after("at most ") { return Double(bound).map(Test.atMost) }
    if let list = text.after("not one of ") { return words(list).map(Test.isNot) }
    if let list = text.after("one of ") { return words(list).map(Test.isOne) }
    if let rest = text.after("not ") { return word(rest).map { .isNot([$0]) } }
    return word(text).map { Test.isOne([$0]) }
  }

  private static func words(_ list: String) -> [String]? {
    let words = list.parts(between: ",").compactMap(word)
    return words.count == list.parts(between: ",").count ? words : nil
  }

  /// One word, or several in quotation marks.
  private static func word(_ text: String) -> String? {
    let isQuoted = text.count >= 2 && text.first == "\"" && text.last == "\""
    let word = text.unquoted
    guard !word.isEmpty, isQuoted || !word.contains(where: { $0 == " " || $0 == "\"" }) else {
      return nil
    }
    return word
  }
}

/// Why a condition could not be read.
enum ConditionError: Error, Equatable {
  /// `and` and `or` stand in one line.
  case mixed
  /// This part is no comparison.
  case unreadable(String)
}
