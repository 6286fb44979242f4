/// One message as a channel is asked to send it.
public struct OutboundMessage: Equatable, Sendable {
  /// Whom it goes to.
  public var to: Address
  /// The words, in NFC; may be longer than one part.
  public var text: String
  /// The answers offered with it; empty for none.
  ///
  /// A channel without buttons ignores them, since the words then name them.
  public var choices: [Choice]
  /// A picture to send with it, or nil.
  public var picture: Picture?
  /// Our id of this attempt, which comes back in the receipt where the provider can carry it.
  public var reference: String

  /// Makes a message to send.
  public init(
    to: Address, text: String, choices: [Choice] = [], picture: Picture? = nil, reference: String
  ) {
    self.to = to
    self.text = text
    self.choices = choices
    self.picture = picture
    self.reference = reference
  }

  /// One answer that a person can pick.
  public struct Choice: Equatable, Sendable {
    /// The answer's id, which comes back as `choice` where the channel has buttons.
    public var id: String
    /// What the person reads.
    public var label: String

    /// Makes a choice.
    public init(id: String, label: String) {
      self.id = id
      self.label = label
    }
  }

  /// A picture by its address.
  public struct Picture: Equatable, Sendable {
    /// Where the provider fetches it.
    public var url: String
    /// What it shows, in words, for people and channels that cannot show it.
    public var alt: String

    /// Makes a picture.
    public init(url: String, alt: String) {
      self.url = url
      self.alt = alt
    }
  }
}
