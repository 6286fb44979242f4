import Support
import Testing

@testable import Gateway

@Suite struct TokenBucketTests {
  @Test(arguments: [0.5, 1, 2.5, 10, 400])
  func `it never gives more than its rate and one second's worth`(rate: Double) {
    var randomness = SplitMix64(seed: 3)
    var bucket = TokenBucket(perSecond: rate, now: 0)
    var now: Int64 = 0
    var taken = 0
    for _ in 0..<5000 {
      now += Int64.random(in: 0...400, using: &randomness)
      for _ in 0..<min(3, bucket.available(now: now)) {
        bucket.take(1)
        taken += 1
      }
      #expect(Double(taken) <= Double(now) / 1000 * rate + max(rate, 1) + 0.001)
    }
    #expect(Double(taken) > 0.9 * min(rate, 15) * Double(now) / 1000 - 15)
  }

  @Test func `what a long message owes is made good before the next`() {
    var bucket = TokenBucket(perSecond: 2, now: 0)
    bucket.take(10)
    let wait = bucket.wait(now: 0)
    #expect(wait == 4500)
    let found = [0, 4490, 4510, 1_000_000].map { bucket.available(now: $0) }
    #expect(found == [0, 0, 1, 2])
  }

  @Test func `a clock that stands still or steps back gives nothing`() {
    var bucket = TokenBucket(perSecond: 1, now: 1000)
    bucket.take(1)
    let found = [1000, 0, 2000].map { bucket.available(now: $0) }
    #expect(found == [0, 0, 1])
  }
}
