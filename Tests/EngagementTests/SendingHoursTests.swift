import Engagement
import Messaging
import Support
import Testing

@Suite struct SendingHoursTests {
  private func hours(
    _ configuration: SendingHours.Configuration = .init(), nation: Nation = .england
  ) throws -> SendingHours {
    let london = try #require(London.shared)
    return try SendingHours(
      configuration, holidays: BankHolidays(nation: nation), clock: london.clock)
  }

  private func instant(_ text: String) throws -> Instant {
    try #require(Instant(iso8601: text))
  }

  @Test(arguments: [
    ("2026-11-20T08:59:59.999Z", false), ("2026-11-20T09:00:00Z", true),
    ("2026-11-20T19:59:59.999Z", true), ("2026-11-20T20:00:00Z", false),
    ("2026-11-21T12:00:00Z", true), ("2026-11-22T12:00:00Z", false),
    ("2026-07-01T08:00:00Z", true), ("2026-07-01T19:00:00Z", false),
    ("2026-04-03T12:00:00Z", false), ("2026-04-06T12:00:00Z", false),
    ("2026-12-24T12:00:00Z", true), ("2026-12-25T12:00:00Z", false),
    ("2026-12-26T12:00:00Z", false), ("2026-12-28T12:00:00Z", false),
    ("2026-12-29T12:00:00Z", true),
  ])
  func `the usual hours in England`(text: String, isOpen: Bool) throws {
    #expect(try hours().isOpen(at: try instant(text)) == isOpen)
  }

  @Test(arguments: [
    ("2026-11-20T12:00:00.001Z", "2026-11-20T12:00:00.001Z"),
    ("2026-11-20T03:00:00Z", "2026-11-20T09:00:00Z"),
    ("2026-11-20T20:00:00Z", "2026-11-21T09:00:00Z"),
    ("2026-11-21T20:00:00Z", "2026-11-23T09:00:00Z"),
    // Christmas Eve to the day after the Monday that is kept for Boxing Day.
    ("2026-12-24T20:00:00Z", "2026-12-29T09:00:00Z"),
    // Maundy Thursday evening to the Saturday, and that evening to the Tuesday.
    ("2026-04-02T19:00:00Z", "2026-04-04T08:00:00Z"),
    ("2026-04-04T19:00:00Z", "2026-04-07T08:00:00Z"),
    // The Saturday before the clocks go forward and the one before they go back.
    ("2027-03-27T20:00:00Z", "2027-03-30T08:00:00Z"),
    ("2026-10-24T19:00:00Z", "2026-10-26T09:00:00Z"),
  ])
  func `the next opening in England`(text: String, opening: String) throws {
    #expect(try hours().nextOpening(from: try instant(text))?.iso8601 == opening)
  }

  @Test(arguments: [
    (Nation.england, "2026-01-02T09:00:00Z"), (.wales, "2026-01-02T09:00:00Z"),
    (.scotland, "2026-01-03T09:00:00Z"), (.northernIreland, "2026-01-02T09:00:00Z"),
  ])
  func `Scotland opens a day later in the new year`(nation: Nation, opening: String) throws {
    let scotland = try hours(nation: nation)
    #expect(scotland.nation == nation)
    #expect(
      scotland.nextOpening(from: try instant("2025-12-31T20:00:00Z"))?.iso8601 == opening)
  }

  @Test func `bank holidays have their own hours on any day of the week`() throws {
    let hours = try hours(.init(weekdays: "closed", bankHolidays: "10:00-11:00"))
    #expect(
      hours.nextOpening(from: try instant("2026-12-24T00:00:00Z"))?.iso8601
        == "2026-12-25T10:00:00Z")
    let christmas = try #require(CivilDate(year: 2026, month: 12, day: 25))
    #expect(hours.minutes(on: christmas) == 600..<660)
    #expect(hours.minutes(on: christmas + -1).isEmpty)
  }

  @Test func `what never opens has no next opening`() throws {
    let closed = SendingHours.Configuration(
      weekdays: "closed", saturday: "closed", sunday: "closed", bankHolidays: "closed")
    #expect(try hours(closed).nextOpening(from: try instant("2026-11-21T00:00:00Z")) == nil)
  }

  @Test func `all day every day is always open`() throws {
    let always = SendingHours.Configuration(
      weekdays: "00:00-24:00", saturday: "0:00 - 24:00", sunday: "00:00-24:00",
      bankHolidays: "00:00-24:00")
    let hours = try hours(always)
    for text in ["2026-10-25T00:30:00Z", "2027-03-28T01:00:00Z", "2026-12-31T23:59:59.999Z"] {
      #expect(hours.isOpen(at: try instant(text)))
    }
  }

  @Test(arguments: [
    "00:00-24:00", "00:30-01:30", "01:00-02:00", "01:15-01:45", "01:30-02:30", "09:00-20:00",
    "23:00-24:00", "00:00-01:00",
  ])
  func `each minute about a change of the clocks agrees with a search minute by minute`(
    text: String
  ) throws {
    let london = try #require(London.shared)
    let hours = try hours(
      .init(weekdays: text, saturday: text, sunday: text, bankHolidays: text))
    let bounds = text.split(whereSeparator: { ":-".contains($0) }).compactMap { Int($0) }
    let open = (bounds[0] * 60 + bounds[1])..<(bounds[2] * 60 + bounds[3])
    for change in london.changes.filter({ ($0.at.milliseconds / 31_556_952_000).isMultiple(of: 17) }
    ) {
      var next: Instant?
      // Backwards from two days later, so that the next opening is always known.
      for step in 0..<(3 * 1440) {
        let instant = change.at + .minutes(2 * 1440 - step)
        let local = (instant + london.offset(at: instant)).milliseconds / 60_000
        let isOpen = open.contains(Int(local % 1440))
        if isOpen { next = instant }
        if hours.isOpen(at: instant) != isOpen { Issue.record("\(instant.iso8601)") }
        if step.isMultiple(of: 7), let next, hours.nextOpening(from: instant) != next {
          Issue.record("\(instant.iso8601)")
        }
      }
    }
  }

  @Test func `random hours and instants agree with a search minute by minute`() throws {
    var randomness = SplitMix64(seed: 9)
    let london = try #require(London.shared)
    let first = try instant("2026-01-01T00:00:00Z")
    for _ in 0..<60 {
      let texts = (0..<4).map { _ in
        let start = Int.random(in: 0..<24, using: &randomness)
        let end = Int.random(in: start...23, using: &randomness)
        return Bool.random(using: &randomness) ? "closed" : "\(start):07-\(end):53"
      }
      let hours = try SendingHours(
        .init(weekdays: texts[0], saturday: texts[1], sunday: texts[2], bankHolidays: texts[3]),
        holidays: BankHolidays(nation: .scotland), clock: london.clock)
      let from = first + .minutes(Int.random(in: 0..<525_600, using: &randomness)) + .seconds(30)
      guard let opening = hours.nextOpening(from: from) else {
        #expect(texts == Array(repeating: "closed", count: 4))
        continue
      }
      #expect(hours.isOpen(at: opening))
      var earlier = opening - .milliseconds(1)
      while earlier >= from, earlier > opening - .days(6) {
        if hours.isOpen(at: earlier) { Issue.record("\(texts) \(earlier.iso8601)") }
        earlier = earlier - .minutes(1)
      }
    }
  }

  @Test(arguments: [
    ("", SendingHoursError.Fault.form), ("open", .form), ("9-20", .form), ("09:00", .form),
    ("09:00-20:00-21:00", .form), ("09:00–20:00", .form), ("0900-2000", .form),
    ("009:00-20:00", .form), ("09:0-20:00", .form), ("-09:00-20:00", .form), ("Closed", .form),
    ("09:00-24:01", .time), ("09:60-20:00", .time), ("25:00-26:00", .time),
    ("20:00-09:00", .order), ("09:00-09:00", .order), ("24:00-00:00", .order),
    ("09:00               -20:00", .form),
  ])
  func `hours that are wrong are refused with their key`(
    text: String, fault: SendingHoursError.Fault
  ) throws {
    let cases: [(SendingHours.Configuration, String)] = [
      (.init(weekdays: text), "weekdays"), (.init(saturday: text), "saturday"),
      (.init(sunday: text), "sunday"), (.init(bankHolidays: text), "bankHolidays"),
    ]
    for (configuration, key) in cases {
      let error = #expect(throws: SendingHoursError.self) { try hours(configuration) }
      #expect(error == SendingHoursError(key: "sendingHours." + key, fault: fault))
      #expect(error?.message.hasPrefix("sendingHours." + key) == true)
    }
  }

  @Test func `ten thousand hostile texts do no harm`() throws {
    var randomness = SplitMix64(seed: 10)
    let alphabet = Array("0123456789:- clos".utf8)
    let holidays = BankHolidays(nation: .wales)
    for round in 0..<10_000 {
      let bytes = (0..<Int.random(in: 0...12, using: &randomness)).map { _ in
        round.isMultiple(of: 2)
          ? UInt8.random(in: 0...255, using: &randomness)
          : alphabet[Int.random(in: 0..<alphabet.count, using: &randomness)]
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let hours = try? SendingHours(.init(sunday: text), holidays: holidays, clock: .utc)
      let sunday = CivilDate(daysSince1970: 3)
      if let hours { #expect((0...1440).contains(hours.minutes(on: sunday).upperBound)) }
    }
  }
}
