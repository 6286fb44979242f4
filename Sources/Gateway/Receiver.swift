import Channels
import Engine
import HTTP
import Messaging
import Store

/// The step that takes a provider's callback: verify, store, and only then answer.
///
/// No conversation runs here. A callback that cannot be stored is answered 503, so that the
/// provider brings it again; nothing is acknowledged before its commit.
public struct Receiver: Sendable {
  private let database: Database
  private let settings: GatewaySettings
  private let shelf: LibraryShelf
  private let environment: Environment

  /// Makes the step.
  public init(
    database: Database, settings: GatewaySettings, shelf: LibraryShelf, environment: Environment
  ) {
    self.database = database
    self.settings = settings
    self.shelf = shelf
    self.environment = environment
  }

  /// What a callback came to.
  public struct Result: Sendable {
    /// What to answer.
    public var reply: HTTPResponse
    /// Whether something waits for the handler now.
    public var hasWork: Bool
  }

  /// Takes a request to `/hooks/…`, whose URL is the path and query as they came.
  public func receive(_ request: HTTPRequest) -> Result {
    guard let channel = channel(of: request.url) else {
      return Result(reply: HTTPResponse(status: 404), hasWork: false)
    }
    let now = environment.now()
    var called = request
    called.url = publicURL(of: request.url)
    let verdict = Webhook.receive(called, on: channel, now: environment.wall())
    do {
      switch verdict.kind {
      case .handshake:
        return Result(reply: verdict.reply, hasWork: false)
      case .refused:
        try quarantine(called, on: channel.name, reason: verdict.reason, now: now)
        return Result(reply: verdict.reply, hasWork: false)
      case .accepted, .ignored:
        try keep(called, verdict, on: channel, now: now)
        return Result(reply: verdict.reply, hasWork: !verdict.events.isEmpty)
      }
    } catch {
      #if PLANTED
      if Planted.has("ack-before-commit") { return Result(reply: verdict.reply, hasWork: true) }
      #endif
      return Result(reply: Self.unavailable, hasWork: false)
    }
  }

  /// What is answered when a callback cannot be stored.
  public static let unavailable = HTTPResponse(
    status: 503, headers: [HTTPHeader("Retry-After", "5")])

  private func channel(of path: String) -> ConfiguredChannel? {
    let parts = path.prefix { $0 != "?" }.split(separator: "/", maxSplits: 2)
    guard parts.count >= 2, parts[0] == "hooks" else { return nil }
    return settings.channels[String(parts[1])]
  }

  private func publicURL(of path: String) -> String {
    let base = settings.publicURL
    return (base.utf8.last == UInt8(ascii: "/") ? String(base.dropLast()) : base) + path
  }

  private func quarantine(
    _ request: HTTPRequest, on channel: String, reason: String?, now: Instant
  ) throws {
    let callback = raw(request, on: channel, reason: reason, now: now)
    try database.write(.bulk, "quarantine") { try $0.quarantine(callback) }
  }

  private func keep(
    _ request: HTTPRequest, _ verdict: WebhookVerdict, on channel: ConfiguredChannel, now: Instant
  ) throws {
    let callback = raw(request, on: channel.name, reason: verdict.reason, now: now)
    let vocabulary = shelf.library.vocabulary
    let arrivals = verdict.events.map { event in
      Arrival(
        event: event, id: environment.newID(at: now),
        isStop: Self.isStop(event, vocabulary: vocabulary, traits: channel.traits))
    }
    let malformed = verdict.kind == .accepted && verdict.events.isEmpty
    let caseID = environment.newID(at: now)
    try database.write(.inbound, "receive") { transaction in
      try transaction.add(callback)
      // The opt-out or opt-in that a message is told to be follows it, and came when that came: one
      // that is brought again must not undo what was said since.
      var isRepeated = false
      for arrival in arrivals where !(isRepeated && arrival.isConsent) {
        isRepeated = try !arrival.store(in: transaction, callback: callback)
      }
      if malformed {
        try transaction.open(
          CaseRecord(
            id: caseID, kind: .callback, note: "A callback on \(callback.channel) makes no sense.",
            at: now))
      }
    }
  }

  private static func isStop(
    _ event: InboundEvent, vocabulary: Vocabulary, traits: ChannelTraits
  ) -> Bool {
    #if PLANTED
    if Planted.has("stop-not-recorded") { return false }
    #endif
    guard case .message(let message) = event else { return false }
    return vocabulary.isOptOut(message.text) || traits.takesForOptOut(message.text)
  }

  private func raw(
    _ request: HTTPRequest, on channel: String, reason: String?, now: Instant
  ) -> RawCallback {
    let headers = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    return RawCallback(
      id: environment.newID(at: now), channel: channel, method: request.method, url: request.url,
      headers: headers, body: request.body, reason: reason, at: now)
  }
}

/// One event of a callback on its way into the store.
private struct Arrival: Sendable {
  let event: InboundEvent
  let id: RecordID
  let isStop: Bool

  /// Whether it is an opt-out or opt-in as the provider tells it.
  var isConsent: Bool {
    switch event {
    case .optOut, .optIn: true
    case .message, .receipt: false
    }
  }

  /// Stores the event; false for a message that came before.
  func store(in transaction: borrowing Transaction, callback: RawCallback) throws -> Bool {
    let channel = callback.channel
    let now = callback.at
    switch event {
    case .message(let message):
      let record = InboundRecord(
        id: id, callback: callback.id, channel: channel, message: message, at: now)
      guard try transaction.addOnce(record) else { return false }
      let sequence = try transaction.add(
        EventRecord(
          lane: message.from.text, kind: .message, channel: channel, inbound: id, at: now))
      guard isStop else { return true }
      try transaction.recordOptOut(message.from, sequence: sequence, isCarrier: false, now: now)
    case .receipt(let receipt):
      try transaction.add(EventRecord(receipt, channel: channel, at: now))
    case .optOut(let address):
      let sequence = try transaction.add(
        EventRecord(lane: address.text, kind: .optOut, channel: channel, at: now))
      try transaction.recordOptOut(address, sequence: sequence, isCarrier: true, now: now)
    case .optIn(let address):
      try transaction.add(
        EventRecord(lane: address.text, kind: .optIn, channel: channel, at: now))
    }
    return true
  }
}
