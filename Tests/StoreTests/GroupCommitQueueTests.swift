import Support
import Testing

@testable import Store

@Suite struct GroupCommitQueueTests {
  /// The same rules told in the plainest way: a list for each priority, searched from its start.
  private struct Model {
    var lanes = WritePriority.allCases.map { _ in [Int]() }
    var passedOver = WritePriority.allCases.map { _ in 0 }

    mutating func next() -> Int? {
      let waiting = lanes.indices.filter { !lanes[$0].isEmpty }
      guard let chosen = waiting.first(where: { passedOver[$0] >= 64 }) ?? waiting.first else {
        return nil
      }
      for lane in waiting { passedOver[lane] = lane == chosen ? 0 : passedOver[lane] + 1 }
      return lanes[chosen].removeFirst()
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `in long runs the jobs come as they would from plain lists`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var queue = GroupCommitQueue<Int>()
    var model = Model()
    for number in 0..<20_000 {
      // It fills up to thousands, and empties again.
      if random.next() % 8 < (number / 4000 % 2 == 0 ? 6 : 2) {
        let priority = WritePriority.allCases[
          Int(random.next() % UInt64(WritePriority.allCases.count))]
        queue.append(number, at: priority)
        model.lanes[priority.rawValue].append(number)
      } else {
        #expect(queue.next() == model.next())
      }
      #expect(queue.count == model.lanes.reduce(0) { $0 + $1.count })
    }
    var rest: [Int] = []
    while let next = model.next() { rest.append(next) }
    #expect(queue.removeAll() == rest)
    #expect(queue.next() == nil)
  }
}
