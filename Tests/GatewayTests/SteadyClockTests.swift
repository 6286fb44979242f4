import Messaging
import SQLite
import Store
import Support
import Testing

@testable import Gateway

/// The wall clock is set by an hour: nothing repeats, nothing is skipped, no order changes.
@Suite struct SteadyClockTests {
  static let start = GatewayWorld.start

  @Test func `it shows what a wall clock shows that nobody sets`() {
    let clock = SteadyClock()
    for passed in [0, 1, 2, 500, 86_400_000] as [Int64] {
      let wall = Self.start + .milliseconds(passed)
      #expect(clock.read(wall: wall, monotonic: passed) == wall)
    }
  }

  @Test(arguments: [-3_600_000, 3_600_000] as [Int64])
  func `it follows a step of an hour by a tenth of the time that passes`(step: Int64) {
    let clock = SteadyClock()
    var last = clock.read(wall: Self.start, monotonic: 0)
    for minute in 1...(10 * 60) {
      let passed = Int64(minute) * 60_000
      let now = clock.read(wall: Self.start + .milliseconds(passed + step), monotonic: passed)
      let gone = (now - last).milliseconds
      #expect(gone == (step > 0 ? 66_000 : 54_000))
      last = now
    }
    #expect(last == Self.start + .milliseconds(36_000_000 + step))
  }

  @Test func `it never goes back, however the two clocks are read`() {
    let clock = SteadyClock()
    var chance = SplitMix64(seed: 7)
    var last = clock.read(wall: Self.start, monotonic: 0)
    for _ in 0..<10_000 {
      let wall = Int64.random(in: -7_200_000...7_200_000, using: &chance)
      let monotonic = Int64.random(in: 0...3_600_000, using: &chance)
      let now = clock.read(wall: Self.start + .milliseconds(wall), monotonic: monotonic)
      #expect(now >= last)
      last = now
    }
  }

  @Test func `it follows at once where the machine stood still for long`() {
    let clock = SteadyClock()
    _ = clock.read(wall: Self.start, monotonic: 0)
    let later = Self.start + .hours(9)
    #expect(clock.read(wall: later, monotonic: 1000) == later)
  }

  @Test func `after a restart it goes on after what is stored`() throws {
    let world = try GatewayWorld()
    try world.text("hello")
    let last = try #require(try world.database.read { try $0.lastInstant() })
    world.machine.step(wallBy: .hours(-1))
    let environment = world.machine.environment
    #expect(environment.now() < last)
    try environment.resume(on: world.database)
    #expect(environment.now() > last)
  }

  @Test func `an unknown one holds its address a minute although the wall clock is set back`()
    throws
  {
    let world = try GatewayWorld()
    _ = try world.desk.send("One", to: GatewayWorld.resident)
    _ = try world.desk.send("Two", to: GatewayWorld.resident)
    #expect(try world.send(.timedOut(arrives: true), rounds: 1).count == 1)
    world.machine.step(wallBy: .hours(-1))
    #expect(try world.send().isEmpty)
    try world.advance(.seconds(67))
    #expect(try world.send().count == 1)
  }

  @Test func `an unknown one holds its address a minute although the wall clock is set ahead`()
    throws
  {
    let world = try GatewayWorld()
    _ = try world.desk.send("One", to: GatewayWorld.resident)
    _ = try world.desk.send("Two", to: GatewayWorld.resident)
    #expect(try world.send(.timedOut(arrives: true), rounds: 1).count == 1)
    world.machine.step(wallBy: .hours(1))
    try world.advance(.seconds(54))
    #expect(try world.send().isEmpty)
    try world.advance(.seconds(6))
    #expect(try world.send().count == 1)
  }

  @Test func `replies keep their order over a step back`() throws {
    let world = try GatewayWorld()
    try world.text("FIRE DOOR")
    try world.handle()
    world.machine.step(wallBy: .hours(-1))
    try world.text("help")
    try world.handle()
    let sent = try world.send { _ in .taken }
    #expect(try sent.map(\.id) == world.outbox().map(\.id))
    let causes = try world.database.read { reader in
      try reader.all("SELECT cause FROM outbox ORDER BY id") { $0.integer(0) }
    }
    #expect(causes.count > 1 && causes == causes.sorted())
  }

  @Test func `the sending hours go by the wall clock at once`() throws {
    let world = try GatewayWorld(
      now: try #require(Instant(iso8601: "2026-11-23T19:30:00Z")))
    world.machine.step(wallBy: .hours(1))
    _ = try world.desk.send("Good evening", to: GatewayWorld.resident)
    #expect(try world.send().isEmpty)
    // The wall clock shows 20:30, the gateway's own an hour less; both show 08:30 after twelve hours.
    try world.advance(.hours(12))
    #expect(try world.send().isEmpty)
    try world.advance(.minutes(40))
    #expect(try world.send().count == 1)
  }
}
