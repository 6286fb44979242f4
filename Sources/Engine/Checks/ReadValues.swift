/// The values that the conditions of a conversation read, and what each of them may be.
///
/// A state of the exploration holds these values and no others. A value that no later condition
/// reads is forgotten there, so that states which can only go on alike are one.
struct ReadValues {
  /// The names, in alphabetical order.
  let names: [String]
  private let indices: [String: Int]
  private let candidates: [[Known]]
  /// The bounds of the numbers that conditions speak of, widened by one.
  private let numbers: ClosedRange<Double>
  /// The places at which each name may still be read.
  private var live: [Set<Int>]
  private let starting: [Known]

  /// What is known of one value in a state.
  enum Known: Hashable {
    /// Nothing has read it yet, so it may be anything.
    case unread
    /// It has no value.
    case unknown
    /// It is this.
    case text(String)
  }

  /// Gathers what the conditions of a conversation read.
  init(_ program: Program, _ places: ProgramPlaces) {
    let tests = ConditionTests(program)
    let questions = program.questions
    let names = tests.names
    self.names = names
    indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    candidates = names.map { tests.candidates(for: $0, type: questions[$0]) }
    let bounds = tests.bounds
    numbers = ((bounds.min() ?? 0) - 1)...((bounds.max() ?? 0) + 1)
    let made = Set(questions.keys).union(program.variables)
    starting = names.map { name in
      if program.numbers.contains(name) { return .text("0") }
      return made.contains(name) ? .unknown : .unread
    }
    live = Array(repeating: [], count: places.count)
    learnLiveness(places)
  }

  /// What is known before anything happens.
  var atStart: StateValues { StateValues(table: self, known: starting) }

  /// The place of a name in a state's values; nil for one that no condition reads.
  func index(of name: String) -> Int? { indices[name] }

  /// What a value may be that somebody else decides.
  func candidates(at index: Int) -> [Known] { candidates[index] }

  /// What a value may be that a reply decides; never unknown.
  func answers(at index: Int) -> [Known] { candidates[index].filter { $0 != .unknown } }

  /// A number as far as conditions can tell it from others.
  func clamped(_ number: Double) -> String {
    numberText(min(max(number, numbers.lowerBound), numbers.upperBound))
  }

  /// The values without those that nothing after the place reads.
  func trimmed(_ known: [Known], at place: Int) -> [Known] {
    guard live.indices.contains(place) else { return known.map { _ in .unread } }
    var known = known
    for index in known.indices where !live[place].contains(index) { known[index] = .unread }
    return known
  }

  private mutating func learnLiveness(_ places: ProgramPlaces) {
    var changed = true
    while changed {
      changed = false
      for place in (0..<places.count).reversed() {
        let statement = places.statement(at: place)
        var names = Set<Int>()
        for exit in statement.exits {
          if let next = places.place(of: exit.target, from: place) { names.formUnion(live[next]) }
        }
        if let set = statement as? SetValue, let index = indices[set.name] {
          if names.remove(index) != nil { names.formUnion(set.sources.compactMap { indices[$0] }) }
        }
        for condition in statement.conditions {
          names.formUnion(condition.names.compactMap { indices[$0] })
        }
        if names != live[place] {
          live[place] = names
          changed = true
        }
      }
    }
  }
}

/// The values of one state, as conditions read them.
struct StateValues: Values {
  let table: ReadValues
  var known: [ReadValues.Known]

  func value(named name: String) -> String? {
    guard let index = table.index(of: name), case .text(let text) = known[index] else { return nil }
    return text
  }

  func spoken(named name: String) -> String? { value(named: name) }

  /// Gives a value, where conditions read it.
  mutating func set(_ name: String, to value: ReadValues.Known) {
    if let index = table.index(of: name) { known[index] = value }
  }

  /// The same values with each of these names decided in every way that it may be.
  func deciding(_ names: Set<String>) -> [StateValues] {
    var cases = [self]
    for index in names.compactMap({ table.index(of: $0) }).sorted() {
      cases = cases.flatMap { values -> [StateValues] in
        guard values.known[index] == .unread else { return [values] }
        return table.candidates(at: index).map { known in
          var decided = values
          decided.known[index] = known
          return decided
        }
      }
      // Far more than any conversation that a person could still follow.
      if cases.count > 4096 { cases = Array(cases.prefix(4096)) }
    }
    return cases
  }
}
