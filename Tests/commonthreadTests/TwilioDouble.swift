import Dispatch
import Foundation
import HTTP
import HTTPClient
import Synchronization

/// A double of Twilio's Messages API: strict in what it takes, with a record of what every handset
/// got, and able to lie.
///
/// Sources: <https://www.twilio.com/docs/messaging/api/message-resource> for requests and answers,
/// and those named at the types it is made of.
final class TwilioDouble: Sendable {
  /// A message on somebody's phone: the only truth about what was sent.
  struct Delivery: Sendable {
    let to: String
    let body: String
    let sid: String
    /// What the status callback named the message by; empty for nothing.
    let reference: String
    let at: ContinuousClock.Instant
  }

  /// How a webhook is repeated: `rc` and `rp` of
  /// <https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides>.
  enum RetryPolicy: Sendable {
    /// Once, and only when no connection could be made: what Twilio does by itself.
    case standard
    /// Up to five times whatever went wrong, 5xx too, within 15 seconds: `#rc=5&rp=all`.
    case all
  }

  private let account: TwilioAccount
  private let client: WebClient
  private let server: LoopbackServer
  private let office: TwilioOffice

  /// How the whole of it can be down.
  enum Outage: CaseIterable, Sendable {
    /// No connection can be made.
    case refusing
    /// Requests are taken and never answered, and nobody gets the message.
    case hanging
    /// Every request is refused: 503, error 20503.
    case unavailable
  }

  /// Starts the double, down or not.
  init(_ account: TwilioAccount, lies: TwilioLies = .none, outage: Outage? = nil) throws {
    self.account = account
    let client = try WebClient()
    self.client = client
    let office = TwilioOffice(account, client: client, lies: lies)
    self.office = office
    office.state.withLock { $0.outage = outage }
    server = try LoopbackServer(isOpen: outage != .refusing) { office.take($0) }
  }

  deinit {
    server.stop()
    client.stop(within: .zero)
  }

  /// Where the API is.
  var apiURL: String { "http://127.0.0.1:\(server.port)" }

  /// Whom webhooks and callbacks go to.
  func connect(to port: UInt16) { office.state.withLock { $0.gatewayPort = port } }

  /// What the handsets got, in order.
  var deliveries: [Delivery] { office.state.withLock { $0.deliveries } }

  /// How many messages the handsets got.
  var deliveryCount: Int { office.state.withLock { $0.deliveries.count } }

  /// Why requests were refused that Twilio would refuse as well; nothing lied about is among it.
  var refusals: [Int] { office.state.withLock { $0.refusals } }

  /// The ids of the messages whose delivery was reported, and the report acknowledged.
  var reportedDelivered: Set<String> { office.state.withLock { $0.reported } }

  /// How many webhooks about people's messages got no answer, whatever followed.
  var unansweredWebhooks: Int { office.state.withLock { $0.unansweredWebhooks } }

  /// How many tries of such webhooks got no connection.
  var refusedWebhooks: Int { office.state.withLock { $0.refusedWebhooks } }

  /// The lies that were told.
  var liesTold: Set<TwilioLie> { office.state.withLock { $0.liesTold } }

  /// How many messages have callbacks that are due and were not made yet.
  var callbacksUnderWay: Int { office.state.withLock { $0.callbacksUnderWay } }

  /// Tells the truth from now on, and lets go of what it held.
  func heal() {
    office.state.withLock { $0.lies = .none }
    server.release()
  }

  /// Ends the outage, and lets go of what hung.
  func recover() {
    let outage = office.state.withLock { state in
      defer { state.outage = nil }
      return state.outage
    }
    server.release()
    if outage == .refusing { server.open() }
  }

  /// Waits so long with every answer from now on.
  func slowDown(to milliseconds: Int32) {
    office.state.withLock { $0.answerDelay = milliseconds }
  }

  /// Announces a message of a person's to the gateway; the status of the answer to the last try,
  /// nil when there was none.
  func receive(
    from: String, body: String, sid: String, retry policy: RetryPolicy = .standard
  ) throws -> Int? {
    let fields = account.fields(from: from, body: body, sid: sid)
    let end = ContinuousClock.now + .seconds(15)
    var status: Int?
    for _ in 0...(policy == .all ? 5 : 1) where ContinuousClock.now < end {
      let port = office.state.withLock { $0.gatewayPort }
      let request = try account.callback(to: account.webhookURL, fields, port: port)
      switch client.perform(request, timeout: end - ContinuousClock.now) {
      case .answered(let response):
        status = response.status
        if policy == .standard || response.status < 500 { return status }
      case .failed(let failure):
        office.state.withLock { state in
          state.unansweredWebhooks += 1
          if failure.kind == .neverSent { state.refusedWebhooks += 1 }
        }
        if policy == .standard, failure.kind != .neverSent { return nil }
      }
    }
    return status
  }

  /// A new id of a message, `SM` and 32 hexadecimal digits.
  static func sid(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return "SM" + String(repeating: "0", count: 32 - digits.count) + digits
  }
}
