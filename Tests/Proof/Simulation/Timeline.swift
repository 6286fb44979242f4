/// What is going to happen, in the order of time and, at one time, in the order of planning.
struct Timeline<Happening> {
  private struct Entry {
    let at: Int64
    let sequence: UInt64
    let happening: Happening

    func comes(before other: Entry) -> Bool { (at, sequence) < (other.at, other.sequence) }
  }

  private var heap: [Entry] = []
  private var planned: UInt64 = 0

  /// Plans something for that millisecond.
  mutating func add(_ happening: Happening, at: Int64) {
    heap.append(Entry(at: at, sequence: planned, happening: happening))
    planned += 1
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].comes(before: heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes out what comes first, if it comes by that millisecond.
  mutating func next(until end: Int64) -> (at: Int64, happening: Happening)? {
    guard let first = heap.first, first.at <= end, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.at, first.happening)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].comes(before: heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
