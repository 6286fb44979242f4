/// What a provider's callback told us.
public enum InboundEvent: Equatable, Sendable {
  /// A person sent us something.
  case message(InboundMessage)
  /// What became of something that we sent.
  case receipt(DeliveryReceipt)
  /// The provider says that the person wants no more.
  case optOut(from: Address)
  /// The provider says that the person wants messages again.
  case optIn(from: Address)
}

/// One message from a person.
public struct InboundMessage: Equatable, Sendable {
  /// The provider's id, unique within the channel: the key of deduplication.
  public var providerID: String
  /// Who sent it.
  public var from: Address
  /// Which of our numbers or names it was sent to.
  public var to: Address
  /// The words; empty when there are only media.
  public var text: String
  /// The words as the provider gave them, where `text` was decoded from them; else nil.
  public var rawText: String?
  /// When the provider says it was sent; nil where it does not say.
  public var at: Instant?
  /// Pictures and other files, by address; empty for none.
  public var media: [Media]
  /// The id of the button that was pressed, or nil.
  public var choice: String?
  /// Which part of a long message this is, where the provider does not join them; else nil.
  public var part: Part?

  /// Makes an inbound message.
  public init(
    providerID: String, from: Address, to: Address, text: String, rawText: String? = nil,
    at: Instant? = nil, media: [Media] = [], choice: String? = nil, part: Part? = nil
  ) {
    self.providerID = providerID
    self.from = from
    self.to = to
    self.text = text
    self.rawText = rawText
    self.at = at
    self.media = media
    self.choice = choice
    self.part = part
  }

  /// A file that came with a message.
  public struct Media: Equatable, Sendable {
    /// Where the provider keeps it.
    public var url: String
    /// Its media type, such as `image/jpeg`; empty where the provider does not say.
    public var type: String

    /// Makes a media reference.
    public init(url: String, type: String) {
      self.url = url
      self.type = type
    }
  }

  /// The place of a part in a long message.
  public struct Part: Equatable, Sendable {
    /// What the parts of one message have in common.
    public var reference: String
    /// The place of this part, from 1.
    public var index: Int
    /// How many parts there are.
    public var total: Int

    /// Makes a part.
    public init(reference: String, index: Int, total: Int) {
      self.reference = reference
      self.index = index
      self.total = total
    }
  }
}

/// A provider's word on what became of a message that we sent.
public struct DeliveryReceipt: Equatable, Sendable {
  /// The provider's id of the message.
  public var providerID: String
  /// Our own reference, where the provider carries it back; else nil.
  public var reference: String?
  /// What became of it.
  public var status: DeliveryStatus
  /// The provider's error code, as it spells it; nil for none.
  public var code: String?
  /// When that happened, by the provider's clock; nil where it does not say.
  public var at: Instant?

  /// Makes a receipt.
  public init(
    providerID: String, reference: String? = nil, status: DeliveryStatus, code: String? = nil,
    at: Instant? = nil
  ) {
    self.providerID = providerID
    self.reference = reference
    self.status = status
    self.code = code
    self.at = at
  }
}

/// What became of an outbound message, in our words for every provider.
public enum DeliveryStatus: String, CaseIterable, Sendable {
  /// The provider has it and has not sent it yet.
  case queued
  /// It was handed to the network.
  case sent
  /// The handset has it.
  case delivered
  /// It failed, and trying again might work.
  case failed
  /// It cannot be delivered to this address.
  case undeliverable
  /// It was not delivered in its time.
  case expired
  /// The person has opened it.
  case read

  /// The place on the lattice that a status only climbs.
  ///
  /// Queued is 0, sent 1, the ends 2, delivered 3, read 4. Receipts come in any order, and the
  /// higher rank wins.
  public var rank: Int {
    switch self {
    case .queued: 0
    case .sent: 1
    case .failed, .undeliverable, .expired: 2
    case .delivered: 3
    case .read: 4
    }
  }
}
