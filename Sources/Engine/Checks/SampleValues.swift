/// Values such as a conversation meets, by which its wording is measured.
struct SampleValues {
  /// The landlord's name, as in examples.
  static let landlord = "Elm Homes"
  /// The landlord's phone number, as in examples.
  static let phone = "01632 960 123"

  private let tests: ConditionTests
  private let types: [String: AnswerType]
  private var values: [String: String]

  /// What values of the landlord, the person, the building and the poll may be.
  private static let common: [String: String] = [
    "landlord": landlord, "phone": phone, "language": "en", "first name": "Alexandra",
    "building": "Oak Tower", "block": "Oak Tower", "nation": "England", "building height": "18",
    "storeys": "7", "floor": "7", "tenure": "tenant", "poll topic": "the Oak Tower meeting",
    "poll decided": "it is on 4 March", "poll not decided": "what we talk about",
    "poll decider": "The block group", "poll closes": "3 March", "poll result day": "10 March",
    "poll result": "Lifts 118, heating 61, bins 33.", "poll answer": "Heating",
  ]

  /// Gathers the values of a conversation, as they are said in one of its languages.
  init(_ program: Program, language: Int) {
    tests = ConditionTests(program)
    types = program.questions
    values = Self.common
    for name in BuildingFact.names {
      values[name] = "no faults found"
      values["day of " + name] = "12 May"
    }
    for gift in ActionKind.all.flatMap(\.outcomes).flatMap({ $0.gives + $0.mayGive }) {
      values[gift.name] = gift.sample
    }
    for name in program.variables { values[name] = program.numbers.contains(name) ? "12" : "words" }
    for fillIn in program.fillIns { values[fillIn.name] = Self.sample(ofKind: fillIn.kind) }
    for (name, type) in types {
      let labels = program.questionLabels[name]?.values.compactMap {
        $0.template(language: language, channel: "sms")?.plain
      }
      values[name] = Self.sample(of: type, labels: labels ?? [])
    }
  }

  /// The wording with these values, at its longest: each side of its conditions, values known or not.
  func longest(_ template: Template) -> String {
    cases(template).max { $0.utf8.count < $1.utf8.count } ?? ""
  }

  /// The wording in every way in which its conditions let it be said.
  func cases(_ template: Template) -> [String] {
    let names = template.segments.compactMap(\.condition).reduce(into: Set<String>()) {
      $0.formUnion($1.names)
    }
    var choices: [[String: String?]] = [[:]]
    for name in names.sorted() {
      let candidates = tests.candidates(for: name, type: types[name])
      choices = choices.flatMap { choice in
        candidates.map { known in
          var choice = choice
          if case .text(let text) = known { choice[name] = text } else { choice[name] = .some(nil) }
          return choice
        }
      }
      if choices.count > 1024 { choices = Array(choices.prefix(1024)) }
    }
    var said: [String] = []
    for choice in choices {
      for isKnown in [true, false] {
        let values = Sample(samples: self.values, decided: choice, isKnown: isKnown)
        var text = ""
        template.render(into: &text, values: values)
        if !said.contains(text) { said.append(text) }
      }
    }
    return said
  }

  /// The same values, each of which counts as one word.
  var asSingleWords: SampleValues {
    var single = self
    single.values = values.mapValues { $0.replacing(" ", with: "\u{A0}") }
    return single
  }

  private static func sample(of type: AnswerType, labels: [String]) -> String {
    switch type {
    case .choices: labels.max { $0.utf8.count < $1.utf8.count } ?? ""
    case .several(_, let limit):
      labels.sorted { $0.utf8.count > $1.utf8.count }.prefix(limit).joined(separator: ", ")
    case .yesOrNo: "yes"
    case .number(let range, _): numberText(range.upperBound)
    case .words(let limit): String("the bin chute".prefix(limit))
    case .date: "24 November"
    case .time: "10:30"
    case .postcode: "M4 5JD"
    case .phone: "+447700900123"
    case .email: "resident@example.org"
    case .code(let pattern): pattern.example
    }
  }

  private static func sample(ofKind kind: String) -> String {
    if kind.hasPrefix("date") { return "24 November" }
    if kind.hasPrefix("time") { return "10:30" }
    if kind.hasPrefix("number") { return "12" }
    let limit = kind.split(separator: " ").last.flatMap { Int($0) } ?? 18
    return String("Oak Tower".prefix(limit))
  }
}

/// Values of which some are decided, so that conditions come out one way.
private struct Sample: Values {
  let samples: [String: String]
  let decided: [String: String?]
  /// Whether values are known that no condition speaks of; landlord's values always are.
  let isKnown: Bool

  func value(named name: String) -> String? {
    if let value = decided[name] { return value }
    return isKnown || ValueName.alwaysKnown.contains(name) ? samples[name] : nil
  }

  func spoken(named name: String) -> String? {
    // A value is said as it is in life, not as the condition's bound.
    value(named: name) == nil ? nil : samples[name]
  }
}
