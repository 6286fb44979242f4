import Foundation
import Messaging
import Support
import Testing

@Suite struct InstantISO8601Tests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-21T09:00:00Z", 1_795_251_600_000),
    ("2026-11-21T09:00:00.5Z", 1_795_251_600_500),
    ("2026-11-21T09:00:00.123987654Z", 1_795_251_600_123),
    ("2026-11-21T10:00:00+01:00", 1_795_251_600_000),
    ("2026-11-21T10:00:00+0100", 1_795_251_600_000),
    ("2026-11-21T10:00:00+01", 1_795_251_600_000),
    ("2026-11-21t05:30:00-03:30", 1_795_251_600_000),
    ("2026-11-21 09:00:00z", 1_795_251_600_000),
    ("1969-12-31T23:59:59.999Z", -1), ("2016-12-31T23:59:60Z", 1_483_228_800_000),
    ("2026-11-21T09:00:00,250+00:00", 1_795_251_600_250),
  ])
  func `a time with an offset is read`(text: String, milliseconds: Int64) {
    #expect(Instant(iso8601: text) == Instant(milliseconds: milliseconds))
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T09:00:00", "2026-11-21T09:00Z", "2026-11-21T24:00:00Z",
    "2026-11-21T09:60:00Z", "2026-11-21T09:00:61Z", "2026-11-21T09:00:00.Z",
    "2026-02-30T09:00:00Z", "2026-11-21T09:00:00+24:00", "2026-11-21T09:00:00+01:60",
    "2026-11-21T09:00:00+1", "2026-11-21T09:00:00+01:", "2026-11-21T09:00:00Z ",
    "2026-11-21T09:00:00ZZ", "-2026-11-21T09:00:00Z", "２026-11-21T09:00:00Z",
    "2026-11-21T09:00:00." + String(repeating: "1", count: 30) + "Z",
  ])
  func `anything else is refused`(text: String) {
    #expect(Instant(iso8601: text) == nil)
  }

  @Test func `milliseconds are written only where they are not zero`() {
    #expect(Instant(milliseconds: 1_795_251_600_000).iso8601 == "2026-11-21T09:00:00Z")
    #expect(Instant(milliseconds: 1_795_251_600_007).iso8601 == "2026-11-21T09:00:00.007Z")
    #expect(Instant(milliseconds: -1).iso8601 == "1969-12-31T23:59:59.999Z")
  }

  @Test func `ten thousand random times come back and agree with Foundation`() throws {
    var randomness = SplitMix64(seed: 8601)
    let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for _ in 0..<10_000 {
      let milliseconds = Int64.random(
        in: -11_000_000_000_000...250_000_000_000_000, using: &randomness)
      let instant = Instant(milliseconds: milliseconds)
      #expect(Instant(iso8601: instant.iso8601) == instant)
    }
    for _ in 0..<1_000 {
      let seconds = Int64.random(in: -10_000_000_000...200_000_000_000, using: &randomness)
      let text = Date(timeIntervalSince1970: Double(seconds)).formatted(format)
      #expect(Instant(iso8601: text) == Instant(milliseconds: seconds * 1000))
    }
  }

  @Test(arguments: [Int64.min, Int64.max])
  func `the ends of time are written without a trap`(milliseconds: Int64) {
    #expect(Instant(milliseconds: milliseconds).iso8601.hasSuffix("Z"))
  }

  @Test func `ten thousand hostile texts do no harm`() {
    var randomness = SplitMix64(seed: 1)
    let alphabet = Array("0123456789-:TZ.+ ".unicodeScalars)
    for _ in 0..<10_000 {
      for text in [
        randomness.hostileText(upTo: 60), randomness.text(from: alphabet, count: 20),
      ] {
        guard let instant = Instant(iso8601: text) else { continue }
        #expect(Instant(iso8601: instant.iso8601) == instant)
      }
    }
  }
}
