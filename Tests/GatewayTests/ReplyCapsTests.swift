import Messaging
import Store
import Testing

@testable import Gateway

@Suite struct ReplyCapsTests {
  static let now = GatewayWorld.start

  private func sent(
    _ count: Int, every span: Duration, purpose: String, text: (Int) -> String
  ) -> [ReplyCaps.Sent] {
    (0..<count).map { number in
      ReplyCaps.Sent(
        at: Self.now - .milliseconds(span.milliseconds * Int64(number)), purpose: purpose,
        text: text(number))
    }
  }

  @Test(arguments: [(59, nil), (60, ReplyCaps.Limit.perDay)])
  func `sixty automatic replies go out in a day`(count: Int, limit: ReplyCaps.Limit?) {
    let before = sent(count, every: .minutes(20), purpose: "progress") { "text \($0)" }
    #expect(ReplyCaps.limit(on: "new", moves: true, after: before, now: Self.now) == limit)
  }

  @Test(arguments: [(2, nil), (3, ReplyCaps.Limit.identical)])
  func `three times the same goes out in five minutes`(count: Int, limit: ReplyCaps.Limit?) {
    let before = sent(count, every: .seconds(60), purpose: "progress") { _ in "same" }
    #expect(ReplyCaps.limit(on: "same", moves: true, after: before, now: Self.now) == limit)
    #expect(ReplyCaps.limit(on: "other", moves: true, after: before, now: Self.now) == nil)
    #expect(
      ReplyCaps.limit(on: "same", moves: true, after: before, now: Self.now + .minutes(5)) == nil)
  }

  @Test(arguments: [(4, nil), (5, ReplyCaps.Limit.idle)])
  func `five replies that move nothing go out in ten minutes`(
    count: Int, limit: ReplyCaps.Limit?
  ) {
    let before = sent(count, every: .seconds(60), purpose: "retry") { "text \($0)" }
    #expect(ReplyCaps.limit(on: "new", moves: false, after: before, now: Self.now) == limit)
    #expect(ReplyCaps.limit(on: "new", moves: true, after: before, now: Self.now) == nil)
    #expect(
      ReplyCaps.limit(on: "new", moves: false, after: before, now: Self.now + .minutes(10)) == nil)
  }
}
