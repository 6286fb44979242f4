import Gateway
import Messaging
import SQLite
import Store
import Support

extension Simulation {
  /// What staff do at some time.
  enum StaffAct {
    case write, broadcast, start, reload, restart, closeCases, backup, restore
  }

  /// Plans what staff do in the whole run, at any hour, since programs do it for them at night.
  func planStaff() {
    let plans: [(StaffAct, Double)] = [
      (.write, 3), (.broadcast, 1), (.start, 0.7), (.closeCases, 2),
      (.reload, faults[.reload] * 3), (.restart, faults[.restart] * 2),
      (.backup, faults[.restore] > 0 ? 4 : 0), (.restore, faults[.restore] / 2),
    ]
    for (act, aDay) in plans {
      let count = Int((aDay * Double(plan.days)).rounded(.up))
      for _ in 0..<count where aDay > 0 {
        let at = plan.start + staffChance.within(0...Int64(plan.days) * 86_400_000)
        timeline.add(.staff(act), at: at)
      }
    }
  }

  func take(_ act: StaffAct) {
    guard !isHealing, gateway != nil else { return }
    note(50, 0, "staff: \(act)")
    switch act {
    case .write:
      let number = residents[staffChance.below(residents.count)].number
      write([number], "Your repair is booked (\(newNumber())).", .unprompted)
    case .broadcast:
      write(residents.map(\.number), "The lift is out on Tuesday (\(newNumber())).", .bulk)
    case .start: putIn(.start, "fire-door", for: residents.map(\.number))
    case .reload:
      struck(.reload)
      reload()
    case .restart:
      struck(.restart)
      crash(losesPower: false)
    case .closeCases: putIn(.caseClosed, nil, for: residents.map(\.number))
    case .backup: backup = SimulatedBackup(image: disk.image, truth: truth)
    case .restore: loseDatabase()
    }
  }

  private func write(
    _ numbers: [String], _ text: String, _ priority: OutboundRecord.Priority
  ) {
    let out = optedOut()
    let messages = numbers.filter { !out.contains("tel:" + $0) }.map {
      (address: Address(scheme: .tel, value: $0), text: text)
    }
    guard !messages.isEmpty else { return }
    let (ids, isUp) = step(.desk) {
      try $0.desk.send(messages, messageClass: .engagement, priority: priority).ids
    }
    if let ids { truth.promised.formUnion(ids) }
    guard isUp else { return }
    ring(.sender)
    guard faults[.stopAtTheWorst] > 0 else { return }
    for message in messages { worst(message.address.value, after: staffChance.span(0...120_000)) }
  }

  private func optedOut() -> Set<String> {
    let found = try? gateway?.database.read { reader in
      try reader.all("SELECT address FROM optouts") { $0.text(0) }
    }
    return Set((found ?? nil) ?? [])
  }

  private func putIn(_ kind: EventRecord.Kind, _ subject: String?, for numbers: [String]) {
    let now = clock.wall
    let (_, isUp) = step(.desk) { gateway in
      try gateway.database.write(.bulk, "events") { transaction in
        for number in numbers {
          try transaction.add(
            EventRecord(
              lane: "tel:" + number, kind: kind, channel: "", subject: subject, at: now))
        }
      }
    }
    if isUp { ring(.handler) }
  }
}
