import Gateway
import HTTP
import Messaging
import SQLite
import Store

extension Simulation {
  /// Brings a call of the provider's to our door after so many milliseconds.
  func bring(
    _ request: HTTPRequest, _ content: SimulatedCall.Content, after pause: Int64
  ) {
    let id = newNumber()
    let at = clock.now + pause
    calls[id] = SimulatedCall(
      request: request, content: content, triesLeft: plan.retries, firstAt: at)
    timeline.add(.call(id), at: at)
  }

  /// The call reaches the machine.
  func take(call id: Int) {
    guard let call = calls[id] else { return }
    guard gateway != nil else { return fail(call: id, call, isConnect: true) }
    let began = clock.now
    let (result, isUp) = step(.receive) { $0.receiver.receive(call.request) }
    guard let result else { return fail(call: id, call, isConnect: false) }
    let status = result.reply.status
    note(20, UInt64(status) << 32 | UInt64(id), "call \(id) is answered \(status): \(call.content)")
    let isStored = (200...299).contains(status)
    if isStored { noteCommit(of: call) }
    if isUp, result.hasWork { ring(.handler, after: machineChance.within(0...20)) }
    if status == 503 { truth.doubtful.append(id) }
    check(status, of: call)
    // A reply leaves only a process that lives, and counts only within Twilio's patience.
    guard isUp, clock.now - began <= 15_000 else { return fail(call: id, call, isConnect: false) }
    guard isStored || status == 403 else { return fail(call: id, call, isConnect: false) }
    noteAcknowledgement(of: call)
    forget(id)
  }

  private func check(_ status: Int, of call: SimulatedCall) {
    if case .forged = call.content {
      if status != 403, status != 503 { violate("A forged call was answered \(status).") }
    } else if status != 200, status != 503 {
      violate("An authentic call was answered \(status).")
    }
  }

  /// The provider gives up or tries again, within 15 seconds of its first try.
  private func fail(call id: Int, _ call: SimulatedCall, isConnect: Bool) {
    let pause = providerChance.within(200...4000)
    guard call.triesLeft > 0, isConnect || plan.retriesAll,
      clock.now + pause - call.firstAt < 15_000
    else {
      note(21, UInt64(id), "call \(id) is given up: \(call.content)")
      if case .message(let id, _, _) = call.content { truth.givenUp.insert(id) }

      return forget(id)
    }
    calls[id]?.triesLeft -= 1
    timeline.add(.call(id), at: clock.now + pause)
  }

  /// Lets a call go, unless it must still be seen whether it was stored.
  private func forget(_ id: Int) {
    if !truth.doubtful.contains(id) { calls[id] = nil }
  }

  private func noteCommit(of call: SimulatedCall) {
    switch call.content {
    case .message(let id, let from, let word):
      guard truth.committed.insert(id).inserted else { return }
      truth.unknownSince[from] = nil
      truth.textedAt[from] = clock.now
      if let resident = residentPlaces[from] { residents[resident].stored += 1 }
      switch word {
      case .stop: truth.stops[from] = lastEvent() ?? truth.stops[from]
      case .start: truth.stops[from] = nil
      case .other: break
      }
    case .receipt(let message, _):
      truth.receipted.insert(message)
      if let number = truth.unknownNumbers[message] { truth.unknownSince[number] = nil }
    case .forged: break
    }
  }

  private func noteAcknowledgement(of call: SimulatedCall) {
    switch call.content {
    case .message(let id, _, _): truth.acknowledged.insert(id)
    case .receipt(let message, let rank):
      truth.acknowledgedRanks[message] = max(rank, truth.acknowledgedRanks[message] ?? 0)
    case .forged: break
    }
  }

  /// The place of the last event that there has been; nil when it cannot be read.
  private func lastEvent() -> Int64? {
    let found = try? gateway?.database.read { reader in
      try reader.first("SELECT seq FROM sqlite_sequence WHERE name = 'events'") { $0.integer(0) }
    }
    return found ?? nil
  }

  /// Looks, after a start, which of the calls that a crash cut off were stored.
  func resolveDoubts() {
    let doubtful = truth.doubtful
    truth.doubtful = []
    for id in doubtful {
      guard let call = calls[id] else { continue }
      // A receipt may have been stored: then what was unknown is not any more.
      if case .receipt = call.content { noteCommit(of: call) }
      if case .message(let name, let from, let word) = call.content {
        do {
          let found = try gateway?.database.read { reader in
            try reader.first("SELECT 1 FROM inbound WHERE provider_id = ?", name) { _ in true }
          }
          if found == true { noteCommit(of: call) }
        } catch {
          // Whether it is there cannot be seen: a START may have lifted the STOP before it.
          if word == .start { truth.stops[from] = nil }
        }
      }
    }
  }
}
