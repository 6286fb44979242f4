/// The statements of a conversation in one row: each is a place with a number.
struct ProgramPlaces {
  private let program: Program
  private var places: [(step: Int, index: Int)] = []
  private var starts: [Int] = []

  /// Lays them out in the file's order.
  init(_ program: Program) {
    self.program = program
    for (step, found) in program.steps.enumerated() {
      starts.append(places.count)
      for index in found.statements.indices { places.append((step, index)) }
    }
  }

  /// How many there are.
  var count: Int { places.count }

  /// The statement there.
  func statement(at place: Int) -> any Statement {
    program.steps[places[place].step].statements[places[place].index]
  }

  /// The step that a place belongs to.
  func step(of place: Int) -> Int { places[place].step }

  /// Where a step begins; nil for an empty one.
  func start(of step: Int) -> Int? {
    guard program.steps.indices.contains(step), !program.steps[step].statements.isEmpty else {
      return nil
    }
    return starts[step]
  }

  /// The place that a way from a place leads to; nil where the session ends.
  func place(of target: Exit.Target, from place: Int) -> Int? {
    switch target {
    case .stop: nil
    case .step(let step): start(of: step)
    case .next:
      places.indices.contains(place + 1) && places[place + 1].step == places[place].step
        ? place + 1 : nil
    }
  }
}
