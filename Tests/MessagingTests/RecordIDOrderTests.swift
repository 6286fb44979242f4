import Messaging
import Testing

@Suite struct RecordIDOrderTests {
  @Test(arguments: [
    (0 as UInt64, 0 as UInt64), (7, 41), (0x1_0000, .max), (0x1_0000, .max - 1),
  ])
  func `the next id sorts directly after`(high: UInt64, low: UInt64) {
    let id = RecordID(high: high, low: low)
    #expect(id < id.next)
    #expect(id.text < id.next.text)
    #expect(id.next.low == low &+ 1)
    #expect(id.next.high == (low == .max ? high + 1 : high))
  }

  @Test func `a hundred ids of one millisecond keep its time`() {
    let start = RecordID(at: Instant(milliseconds: 1_795_514_400_000), random: (1, 2))
    var id = start
    for _ in 0..<100 { id = id.next }
    #expect(id.high >> 16 == start.high >> 16)
  }
}
