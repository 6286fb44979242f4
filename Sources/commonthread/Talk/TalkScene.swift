import Engagement
import Engine
import Messaging

/// What does not change while somebody tries conversations out: the landlord, hours and clocks.
struct TalkScene {
  /// What is known at the start, by the names of the language page.
  let values: [String: String]
  /// When messages that nobody just asked for may go.
  let hours: SendingHours

  /// Takes what the configuration says; the resident is that of the examples, of Oak Tower.
  init(_ configuration: Configuration) throws {
    hours = try configuration.sendingHours()
    values = ExampleRunner.values.merging([
      "landlord": configuration.landlord, "phone": configuration.phone,
      "nation": configuration.nation.name,
    ]) { $1 }
  }

  /// The clocks that the resident lives by.
  var clock: WallClock {
    let clock = hours.clock
    return WallClock(
      localTime: { instant in
        let local = clock.localTime(of: instant)
        return (local.date, local.minute)
      }, instant: { clock.instant(of: $0, minute: $1) })
  }

  /// The day and the time there, such as `Tuesday 2026-11-24, 10:00`.
  func time(_ instant: Instant) -> String {
    let local = hours.clock.localTime(of: instant)
    let minute = local.minute % 60
    let day = "\(local.date.weekday)"
    return "\(day.prefix(1).uppercased())\(day.dropFirst()) \(local.date.iso8601), "
      + "\(local.minute / 60):\(minute < 10 ? "0" : "")\(minute)"
  }
}
