import Dispatch
import Foundation
import Glibc
import Support
import Synchronization

/// Residents who text all the time, each number from one thread, so that its texts have an order.
final class TextingResidents: Sendable {
  /// How they text.
  struct Habits: Sendable {
    var threads = 8
    var textsPerSecond = 200
    /// How many numbers each thread texts from: so many that none of them texts 30 times a minute,
    /// which would be a flood and not be answered.
    var numbersEach = 100
    /// How many of a hundred texts are STOP; a quarter as many are START.
    var stopPercent = 0
    var retry = TwilioDouble.RetryPolicy.standard
    var seed: UInt64
  }

  /// One text that was sent.
  struct Text: Sendable {
    enum Kind: Equatable, Sendable {
      case word(String)
      case stop
      case start
    }

    let number: String
    let kind: Kind
    let sid: String
    /// Its place among the texts of its number.
    let place: Int
    /// When the gateway had acknowledged it; nil when it never did.
    let acknowledged: ContinuousClock.Instant?
    /// How long the provider waited for the answer, repeats included.
    var took = Duration.zero
  }

  private let twilio: TwilioDouble
  private let habits: Habits
  private let ended = DispatchGroup()
  private let isOver = Mutex(false)
  private let texts = Mutex<[Text]>([])
  private let acknowledged = Mutex(0)

  /// Starts them.
  init(_ habits: Habits, at twilio: TwilioDouble) {
    self.habits = habits
    self.twilio = twilio
    for thread in 0..<habits.threads {
      ended.enter()
      Thread.detachNewThread { [self] in
        run(thread)
        ended.leave()
      }
    }
  }

  /// Lets each finish its text, and returns all that were sent.
  func stop() -> [Text] {
    isOver.withLock { $0 = true }
    ended.wait()
    return texts.withLock { $0 }
  }

  /// The number of a person: one of Ofcom's for drama, and beyond 800 people one of no country's.
  static func number(_ person: Int) -> String {
    person < 800 ? "+447700900\(100 + person)" : "+999\(100_000_000 + person)"
  }

  /// How many texts were acknowledged so far.
  var acknowledgedCount: Int { acknowledged.withLock { $0 } }

  private func run(_ thread: Int) {
    var random = SplitMix64(seed: habits.seed, for: "thread \(thread)")
    var places = [Int](repeating: 0, count: habits.numbersEach)
    let pause = Duration.milliseconds(1000 * habits.threads / habits.textsPerSecond)
    var next = ContinuousClock.now
    var count: UInt64 = 0
    while !isOver.withLock({ $0 }) {
      count += 1
      let sid = UInt64(thread) << 32 | count
      let person = Int.random(in: 0..<habits.numbersEach, using: &random)
      let number = Self.number(thread * habits.numbersEach + person)
      let kind = kind(of: "w\(thread)x\(count)", &random)
      let text = text(number, kind, sid: TwilioDouble.sid(sid), place: places[person])
      places[person] += 1
      texts.withLock { $0.append(text) }
      if text.acknowledged != nil { acknowledged.withLock { $0 += 1 } }
      next += pause
      let left = next - .now
      if left > .zero { poll(nil, 0, Int32(left / .milliseconds(1))) } else { next = .now }
    }
  }

  private func kind(of word: String, _ random: inout SplitMix64) -> Text.Kind {
    let draw = Int.random(in: 0..<400, using: &random)
    if draw < habits.stopPercent { return .start }
    return draw < habits.stopPercent * 5 ? .stop : .word(word)
  }

  private func text(_ number: String, _ kind: Text.Kind, sid: String, place: Int) -> Text {
    let body =
      switch kind {
      case .word(let word): "ECHO \(word)"
      case .stop: "STOP"
      case .start: "START"
      }
    let began = ContinuousClock.now
    let status = try? twilio.receive(from: number, body: body, sid: sid, retry: habits.retry)
    let isAcknowledged = status.map { (200..<300).contains($0) } ?? false
    return Text(
      number: number, kind: kind, sid: sid, place: place,
      acknowledged: isAcknowledged ? .now : nil, took: .now - began)
  }
}
