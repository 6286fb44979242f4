import HTTP
import Messaging

/// One way to reach people through one provider: a translation between its HTTP and our values.
///
/// A channel is pure: it has no network, clock or state. It is the only place that knows how a
/// provider spells things. Adding one is one file that conforms, and one line in ``channelKinds``.
/// There are no default implementations: a channel that did not say how it tells a forged callback
/// from a real one would not compile.
public protocol Channel: Sendable {
  /// What the rest of the program must know of the channel.
  var traits: ChannelTraits { get }

  /// Throws unless the callback is proven to come from the provider and to be meant for this
  /// channel's account.
  ///
  /// Called only by ``Webhook/receive(_:on:now:)``, before anything of the callback is believed.
  func verify(_ callback: Callback, now: Instant) throws(WebhookRejection)

  /// What an authentic callback says; throws `malformed` when it cannot be understood.
  ///
  /// Called only by ``Webhook/receive(_:on:now:)``, and only after `verify` has returned.
  func events(in callback: Callback) throws(WebhookRejection) -> WebhookReading

  /// The requests that hand a message to the provider, to be sent in order, each only after the one
  /// before it was accepted.
  ///
  /// Empty when the channel cannot carry a message to that address.
  func requests(sending message: OutboundMessage, in context: SendContext) -> [HTTPRequest]

  /// What is known after the provider answered one of those requests; never more than is proven.
  func outcome(of response: HTTPResponse) -> SendOutcome
}

/// What a channel may know when it makes requests.
public struct SendContext: Equatable, Sendable {
  /// When the requests are made, for tokens that expire.
  public var now: Instant
  /// The URL at which the provider reaches this channel, without a query; nil for none, and then
  /// no receipts are asked for.
  public var callbackURL: String?
  /// Documents that the channel asked to have fetched beforehand, by their URL.
  public var fetched: [String: String]

  /// Makes a context.
  public init(now: Instant, callbackURL: String? = nil, fetched: [String: String] = [:]) {
    self.now = now
    self.callbackURL = callbackURL
    self.fetched = fetched
  }
}
