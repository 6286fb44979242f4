import Messaging

/// What the simulator phone shows at one moment.
public struct PhoneView: Equatable, Sendable {
  /// The landlord's name, such as `Elm Homes`.
  public var landlord: String
  /// The landlord's number as people read it, such as `07700 900001`.
  public var number: String
  /// Whom one can be, in the order of the list.
  public var residents: [PhoneResident]
  /// Who one is; may be missing from `residents`.
  public var selected: PhoneResident
  /// The conversation, oldest first; empty before the first text.
  public var messages: [PhoneMessage]
  /// Whether a reply is expected within seconds; without scripts the page reloads while it is true.
  public var isWaiting: Bool
  /// Words worth sending; empty for none.
  public var hints: [PhoneHint]
  /// The token that each form sends back in its field `csrf`.
  public var csrf: String
  /// Why the last text was not taken, in a sentence; nil when nothing is wrong.
  public var notice: String?

  /// Makes a view.
  public init(
    landlord: String, number: String, residents: [PhoneResident], selected: PhoneResident,
    messages: [PhoneMessage] = [], isWaiting: Bool = false, hints: [PhoneHint] = [], csrf: String,
    notice: String? = nil
  ) {
    self.landlord = landlord
    self.number = number
    self.residents = residents
    self.selected = selected
    self.messages = messages
    self.isWaiting = isWaiting
    self.hints = hints
    self.csrf = csrf
    self.notice = notice
  }
}

/// A made-up resident whom one can be on the simulator phone.
public struct PhoneResident: Equatable, Sendable {
  /// Where the resident texts from.
  public var address: Address
  /// The resident's name.
  public var name: String
  /// The resident's home, such as `Flat 12, Oak Tower`.
  public var home: String
  /// The English name of the language that the resident gets, such as `Urdu`.
  public var language: String

  /// Makes a resident.
  public init(address: Address, name: String, home: String, language: String) {
    self.address = address
    self.name = name
    self.home = home
    self.language = language
  }
}

/// One bubble on the simulator phone.
public struct PhoneMessage: Equatable, Sendable {
  /// Which way a message goes, as the landlord sees it.
  public enum Direction: Sendable {
    /// From the resident to the landlord.
    case inbound
    /// From the landlord to the resident.
    case outbound
  }

  /// What tells it from all others on this page: at most 64 letters, digits and hyphens.
  public var id: String
  /// Which way it goes.
  public var direction: Direction
  /// The words.
  public var text: String
  /// The language of the words as a BCP 47 tag, such as `ur`; nil where nobody knows.
  public var language: String?
  /// The time of day as people read it, such as `10:04`.
  public var time: String
  /// How many parts it is paid as, from 1; shown only where the landlord pays.
  public var parts: Int
  /// What became of it, in a word or two, such as `Delivered`; empty for nothing to say.
  public var status: String

  /// Makes a message.
  public init(
    id: String, direction: Direction, text: String, language: String? = nil, time: String,
    parts: Int = 1, status: String = ""
  ) {
    self.id = id
    self.direction = direction
    self.text = text
    self.language = language
    self.time = time
    self.parts = parts
    self.status = status
  }
}

/// A word worth sending, and what it brings.
public struct PhoneHint: Equatable, Sendable {
  /// The word as it is sent, such as `FIRE DOOR`.
  public var word: String
  /// What it brings, in a few words, such as `what the fire doors do`.
  public var meaning: String

  /// Makes a hint.
  public init(word: String, meaning: String) {
    self.word = word
    self.meaning = meaning
  }
}
