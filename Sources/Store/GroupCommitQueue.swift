/// The jobs that wait for a group commit, taken by priority and, within one, in their order.
///
/// No priority starves: one that has been passed over 64 times while it had a job waiting is taken
/// next.
struct GroupCommitQueue<Job> {
  private var lanes = [Lane](repeating: Lane(), count: WritePriority.allCases.count)

  /// How often a waiting priority may be passed over.
  static var patience: Int { 64 }

  /// How many jobs wait.
  private(set) var count = 0

  mutating func append(_ job: Job, at priority: WritePriority) {
    lanes[priority.rawValue].append(job)
    count += 1
  }

  /// Takes the next job; nil when none waits.
  mutating func next() -> Job? {
    let waiting = lanes.indices.filter { !lanes[$0].isEmpty }
    let impatient = waiting.first { lanes[$0].passedOver >= Self.patience }
    guard let chosen = impatient ?? waiting.first else { return nil }
    for lane in waiting where lane != chosen { lanes[lane].passedOver += 1 }
    lanes[chosen].passedOver = 0
    count -= 1
    return lanes[chosen].removeFirst()
  }

  /// Takes all of them, in the order in which `next` would not have starved any.
  mutating func removeAll() -> [Job] {
    var all: [Job] = []
    while let job = next() { all.append(job) }
    return all
  }

  /// The jobs of one priority: an array with the taken ones at its front, cut off now and then.
  private struct Lane {
    private var jobs: [Job?] = []
    private var taken = 0
    var passedOver = 0

    var isEmpty: Bool { taken == jobs.count }

    mutating func append(_ job: Job) { jobs.append(job) }

    mutating func removeFirst() -> Job? {
      guard taken < jobs.count else { return nil }
      let job = jobs[taken]
      jobs[taken] = nil
      taken += 1
      if taken == jobs.count {
        jobs.removeAll(keepingCapacity: taken <= 256)
        taken = 0
      } else if taken >= 256, taken * 2 >= jobs.count {
        jobs.removeFirst(taken)
        taken = 0
      }
      return job
    }
  }
}
