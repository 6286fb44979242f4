import Channels
import Messaging
import Support
import Testing

@testable import Gateway

@Suite struct SettlementTests {
  /// One row of the table of outcomes: what the transport saw, and what becomes of the message.
  struct Row: Sendable, CustomTestStringConvertible {
    let saw: String
    let answer: Provider.Answer
    let state: Settlement.State
    var errorClass: ErrorClass?
    var code: String?
    var consequences: Set<Settlement.Consequence> = []

    var testDescription: String { saw }
  }

  /// With all the chance in the middle, a first retry comes after exactly 5 s.
  static let middle: UInt64 = 1000
  static let now = GatewayWorld.start
  static let soon = Settlement.State.retry(at: now + .seconds(5))

  static let table: [Row] = [
    Row(
      saw: "no connection", answer: .neverSent, state: soon, errorClass: .temporary, code: "connect"
    ),
    Row(saw: "2xx with an id", answer: .taken, state: .accepted),
    Row(
      saw: "2xx without an id", answer: .garbage(status: 201, body: "{}"), state: .unknown,
      errorClass: .unknown, code: "http-201"),
    Row(
      saw: "2xx with a page", answer: .garbage(status: 200, body: "<html>ok</html>"),
      state: .unknown, errorClass: .unknown, code: "http-200"),
    Row(
      saw: "400, the number is bad", answer: .error(status: 400, code: 21211), state: .refused,
      errorClass: .badNumber, code: "21211", consequences: [.markBadNumber]),
    Row(
      saw: "400, a landline", answer: .error(status: 400, code: 21614), state: .refused,
      errorClass: .badNumber, code: "21614", consequences: [.markBadNumber]),
    Row(
      saw: "400, the person opted out", answer: .error(status: 400, code: 21610), state: .refused,
      errorClass: .optedOut, code: "21610", consequences: [.recordBlock]),
    Row(
      saw: "400, the text is too long", answer: .error(status: 400, code: 21617), state: .refused,
      errorClass: .permanent, code: "21617"),
    Row(
      saw: "400, a code that nobody knows", answer: .error(status: 400, code: 29999),
      state: .refused, errorClass: .permanent, code: "29999"),
    Row(
      saw: "400, outside the window", answer: .error(status: 400, code: 63016), state: .refused,
      errorClass: .window, code: "63016"),
    Row(
      saw: "401, credentials", answer: .error(status: 401, code: 20003), state: .refused,
      errorClass: .account, code: "20003", consequences: [.pauseChannel]),
    Row(
      saw: "403, country not enabled", answer: .error(status: 403, code: 21408), state: .refused,
      errorClass: .account, code: "21408", consequences: [.pauseChannel]),
    Row(
      saw: "404, account gone", answer: .error(status: 404, code: 20404), state: .refused,
      errorClass: .account, code: "20404", consequences: [.pauseChannel]),
    Row(
      saw: "422 with Twilio's error", answer: .error(status: 422, code: 21620), state: .refused,
      errorClass: .permanent, code: "21620"),
    Row(
      saw: "400 without Twilio's error", answer: .garbage(status: 400, body: "no"),
      state: .unknown, errorClass: .unknown, code: "http-400"),
    Row(
      saw: "429", answer: .error(status: 429, code: 20429), state: soon, errorClass: .rateLimit,
      code: "20429", consequences: [.slowDown]),
    Row(
      saw: "429 of a proxy", answer: .garbage(status: 429, body: "slow"), state: soon,
      errorClass: .rateLimit, consequences: [.slowDown]),
    Row(
      saw: "429 with a wish", answer: .error(status: 429, code: 20429, retryAfter: "90"),
      state: .retry(at: now + .seconds(90)), errorClass: .rateLimit, code: "20429",
      consequences: [.slowDown]),
    Row(
      saw: "429 with a wish of a day",
      answer: .error(status: 429, code: 20429, retryAfter: "86400"),
      state: .retry(at: now + .minutes(15)), errorClass: .rateLimit, code: "20429",
      consequences: [.slowDown]),
    Row(
      saw: "429 with a wish of a second", answer: .error(status: 429, code: 20429, retryAfter: "1"),
      state: soon, errorClass: .rateLimit, code: "20429", consequences: [.slowDown]),
    Row(
      saw: "503, documented as not accepted", answer: .error(status: 503, code: 20503), state: soon,
      errorClass: .temporary, code: "20503"),
    Row(
      saw: "503 of a proxy", answer: .garbage(status: 503, body: "<html>"), state: .unknown,
      errorClass: .unknown, code: "http-503"),
    Row(
      saw: "500, which may have been sent", answer: .error(status: 500, code: 20500),
      state: .unknown, errorClass: .unknown, code: "20500"),
    Row(
      saw: "502", answer: .garbage(status: 502, body: ""), state: .unknown, errorClass: .unknown,
      code: "http-502"),
    Row(
      saw: "a redirect", answer: .garbage(status: 302, body: ""), state: .unknown,
      errorClass: .unknown, code: "http-302"),
    Row(
      saw: "the time ran out", answer: .timedOut(arrives: false), state: .unknown,
      errorClass: .unknown, code: "timeout"),
    Row(
      saw: "the connection broke", answer: .broken(arrives: false), state: .unknown,
      errorClass: .unknown, code: "reset"),
  ]

  @Test(arguments: table) func `what the transport saw decides the state`(row: Row) throws {
    let channel = try #require(try GatewayWorld().settings.channels["main"])
    let outcome = Provider.outcome(row.answer, sid: "SM1", on: channel)
    let settlement = Settlement.of(
      outcome, attempt: 1, now: Self.now, expires: Self.now + .hours(24), random: Self.middle)
    #expect(settlement.state == row.state)
    #expect(settlement.errorClass == row.errorClass)
    #expect(settlement.code == row.code)
    #expect(settlement.consequences == row.consequences)
    #expect(settlement.providerIDs == (row.state == .accepted ? ["SM1"] : []))
  }

  @Test(arguments: table) func `and the message is sent again only where it is proven unsent`(
    row: Row
  ) throws {
    let world = try GatewayWorld()
    _ = try world.desk.send("The lift is mended.", to: GatewayWorld.resident)
    let first = try world.send(row.answer)
    #expect(first.count == 1)
    try world.advance(.minutes(20))
    let second = try world.send()
    if case .retry = row.state { #expect(second.count == 1) } else { #expect(second.isEmpty) }
    #expect(world.handsets.count <= 1)
  }

  @Test(arguments: [(1, 5.0), (2, 15), (3, 60), (4, 300), (5, 900), (6, 900), (40, 900)])
  func `retries come later and later, and a fifth apart`(attempt: Int, seconds: Double) {
    var randomness = SplitMix64(seed: 7)
    var waits: [Int64] = []
    for _ in 0..<1000 {
      waits.append(
        Backoff.wait(after: attempt, wish: nil, random: randomness.next()).milliseconds)
    }
    let exact = Int64(seconds * 1000)
    #expect(waits.allSatisfy { (exact * 4 / 5...exact * 6 / 5).contains($0) })
    let spread = (waits.max() ?? 0) - (waits.min() ?? 0)
    #expect(spread > exact * 7 / 20)
  }

  @Test func `a retry that would come after the message's time is not made`() {
    let settlement = Settlement.of(
      .retry(.temporary, code: nil, after: nil), attempt: 5, now: Self.now,
      expires: Self.now + .minutes(11), random: 0)
    #expect(settlement.state == .expired)
  }
}
