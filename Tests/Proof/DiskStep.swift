import Channels
import Gateway
import HTTP
import Messaging
import SQLite
import Store

/// One thing that the world does to the gateway, or that the gateway does by itself.
enum DiskStep: Sendable {
  /// A person texts us.
  case text(Int, String)
  /// The provider brings the text of that place again.
  case again(Int)
  /// Something authentic that makes no sense.
  case malformed
  /// Something that is not authentic, with a body of that many bytes.
  case forged(Int)
  /// What waits is handled.
  case handle
  /// What may go is claimed and handed over.
  case claim
  /// What was handed over ends so.
  case settle(End)
  /// The provider says what became of what was handed over.
  case receipts
  /// A member of staff writes to a person.
  case write(Int)
  /// A member of staff writes to that many people in one commit.
  case broadcast(Int)
  /// Time goes by, and timers fire.
  case wait(hours: Int)
  /// The process ends in good order and starts again.
  case restart
  /// The database is copied.
  case backup(String)

  /// How an attempt ends.
  enum End: String, CaseIterable, Sendable {
    /// The provider took it.
    case accepted
    /// It is proven that it was not sent.
    case queued
    /// Nobody knows.
    case unknown
    /// The provider refused it.
    case refused

    fileprivate func outcome(_ attempt: Attempt) -> SendOutcome {
      switch self {
      case .accepted: .accepted(providerIDs: ["SM" + attempt.id.text + "x\(attempt.number)"])
      case .queued: .retry(.temporary, code: "never-sent", after: nil)
      case .unknown: .unknown(code: "timed-out")
      case .refused: .refused(.permanent, code: "21211")
      }
    }
  }
}

extension DiskStage {
  /// Takes a step; throws when the gateway does.
  func take(_ step: DiskStep) throws {
    let hadFailed = database?.failure != nil
    let mark = acknowledgements
    defer {
      if hadFailed, acknowledgements != mark {
        ledger.violate("something was acknowledged after the database had failed: \(step)")
      }
    }
    switch step {
    case .text(let person, let body):
      let text = DiskLedger.Text(sender: DiskWorld.resident(person), body: body)
      try bring(ledger.add(text))
    case .again(let place):
      guard !ledger.textIDs.isEmpty else { return }
      try bring(ledger.textIDs[place % ledger.textIDs.count])
    case .malformed:
      try post([("AccountSid", DiskWorld.account)])
    case .forged(let size):
      var request = try DiskWorld.callback([("Body", String(repeating: "x", count: size))])
      request.headers.removeLast()
      _ = receiver?.receive(request)
    case .handle:
      _ = try handler?.step()
    case .claim: try claim()
    case .settle(let end): try settle(end)
    case .receipts: try bringReceipts()
    case .write(let person):
      _ = try desk?.send(DiskWorld.notice, to: DiskWorld.resident(person))
    case .broadcast(let count):
      let messages = (0..<count).map {
        (address: DiskWorld.resident($0), text: DiskWorld.notice)
      }
      _ = try desk?.send(messages, messageClass: .safety, priority: .bulk)
    case .wait(let hours):
      clock.advance(.hours(hours))
      _ = try scheduler?.step()
    case .restart:
      close()
      do {
        try boot()
      } catch {
        // `serve` would end here: nothing may run on a database that was not recovered.
        close()
        throw error
      }
    case .backup(let path):
      try database?.backup(to: path)
    }
    clock.advance(.seconds(37))
  }

  /// How much the world was promised so far.
  private var acknowledgements: Int {
    ledger.texts.values.count { $0.isAcknowledged }
      + ledger.sendings.values.reduce(0) { $0 + $1.words.count + ($1.settled == nil ? 0 : 1) }
  }

  private func bring(_ id: String) throws {
    guard let text = ledger.texts[id], let receiver else { return }
    let request = try DiskWorld.callback([
      ("MessageSid", id), ("AccountSid", DiskWorld.account), ("From", text.sender.value),
      ("To", "+447700900001"), ("Body", text.body), ("NumMedia", "0"),
    ])
    let status = receiver.receive(request).reply.status
    switch status {
    case 200: ledger.acknowledge(id)
    case 503: throw NotTaken()
    default: ledger.violate("an authentic text was answered \(status)")
    }
  }

  private func post(_ fields: [(String, String)], to path: String = "/hooks/main") throws {
    guard let receiver else { return }
    let status = receiver.receive(try DiskWorld.callback(fields, to: path)).reply.status
    if status == 503 { throw NotTaken() }
  }

  private func claim() throws {
    guard let attempts = try dispatcher?.claim() else { return }
    handedOver += attempts
    for attempt in attempts {
      guard let words = words(of: attempt) else {
        ledger.violate("message \(attempt.id.text) could not be put into words")
        continue
      }
      ledger.handOver(attempt.id, attempt: attempt.number, words: words)
    }
    try checkStops(attempts)
  }

  private func words(of attempt: Attempt) -> String? {
    guard case .send(let requests) = attempt.plan else { return nil }
    return requests.first.flatMap(DiskWorld.words)
  }

  /// After an acknowledged STOP only answers to later texts go, and safety.
  private func checkStops(_ attempts: [Attempt]) throws {
    guard !ledger.stopped.isEmpty, let database else { return }
    for attempt in attempts {
      let allowed = try database.read { reader in
        try reader.first(
          """
          SELECT o.address, o.class = 'safety' OR coalesce(o.cause > p.sequence, p.sequence IS NULL)
          FROM outbox AS o LEFT JOIN optouts AS p ON p.address = o.address WHERE o.id = ?
          """, attempt.id
        ) { ($0.text(0), $0.flag(1)) }
      }
      guard let allowed, !allowed.1, let person = Address(stored: allowed.0),
        ledger.stopped[person] != nil
      else { continue }
      ledger.violate("message \(attempt.id.text) was sent after STOP")
    }
  }

  private func settle(_ end: DiskStep.End) throws {
    guard !handedOver.isEmpty, dispatcher != nil else { return }
    let attempts = handedOver
    handedOver = []
    let state = end.rawValue
    for attempt in attempts {
      ledger.sendings[attempt.id]?.settling = state
      // What is proven unsent did not arrive, whether or not we can store that.
      if end == .queued || end == .refused { ledger.sendings[attempt.id]?.arrivals -= 1 }
    }
    try dispatcher?.settle(
      attempts.map { AttemptEnd(attempt: $0, outcome: end.outcome($0)) })
    for attempt in attempts { ledger.sendings[attempt.id]?.settled = state }
  }

  private func bringReceipts() throws {
    for (id, sending) in ledger.sendings.sorted(by: { $0.key < $1.key }).suffix(3)
    where sending.settled == "accepted" || sending.settled == "unknown" {
      let name = "\(id.text)x\(sending.attempt)"
      try post(
        [
          ("MessageSid", "SM" + name), ("MessageStatus", "delivered"),
          ("AccountSid", DiskWorld.account),
        ],
        to: "/hooks/main?ref=\(id.text).\(sending.attempt)")
    }
  }
}

/// The gateway answered 503: it did not take what was brought.
struct NotTaken: Error {}
