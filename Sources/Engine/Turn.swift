import Messaging

/// What happened to a lane: the one kind of thing that moves a conversation.
public enum LaneEvent: Equatable, Sendable {
  /// The person sent words; `choice` is the id of a pressed button, if any.
  case message(text: String, choice: String?)
  /// A timer of the question with that number came due. The engine checks it against the question
  /// that is open now, and a stale timer does nothing.
  case timer(TimerKind, question: Int)
  /// Staff, a schedule or a poll start a conversation; nil step for its first.
  ///
  /// `values` are what staff filled in, by the names of `staff fill in`; `poll` is the id of the poll
  /// that it is started for.
  case start(
    conversation: String, step: String?, values: [String: String] = [:], poll: String? = nil)
  /// The provider reports an opt-out that the person did not text to us as words.
  case optOut
  /// The provider reports an opt-in.
  case optIn
  /// Staff closed the case that a person took over: the lane's texts are its own again.
  case caseClosed
}

/// What a question's timers are for.
public enum TimerKind: String, CaseIterable, Sendable {
  /// Ask once more.
  case remind
  /// Take the way out that the script gives for silence.
  case noAnswer
  /// End the session.
  case forget
  /// Go on after a `wait`; its number belongs to a session that asks nothing meanwhile.
  case wait
}

/// What one turn may know of the world.
///
/// Time is an argument; nothing is looked up.
public struct TurnContext: Sendable {
  /// When the turn takes place.
  public var now: Instant
  /// The kind of channel that the words will go out on: `sms`, `whatsapp`, `simulator` …; wording
  /// for a channel is chosen by it.
  public var channel: String
  /// The language on the landlord's record for the person; nil when it is not known.
  public var language: String?
  /// What is known of the person, the landlord and the building, by the value names of the
  /// language page (`first name`, `landlord`, `phone`, `building` …); unknown ones are missing.
  public var values: [String: String]
  /// What became of the open question's message.
  public var question: QuestionArrival
  /// Whether the address has opted out and not lifted it.
  public var isOptedOut: Bool
  /// Whether a confirmation of STOP may be sent now: none where the provider sends its own, and at
  /// most one in 24 hours.
  public var mayConfirmStop: Bool
  /// The polls that the person is asked to take part in, the most urgent first.
  ///
  /// Those that have closed stay among them for some weeks, so that a late answer is told so.
  public var polls: [PreparedPoll] = []
  /// What is known of the building, by the names of `BuildingFact.names`.
  public var facts: [String: BuildingFact] = [:]
  /// The clocks that the person lives by.
  public var clock = WallClock.utc
  /// Whether the message may carry a picture there; the words that describe it are sent else.
  public var showsPictures = false

  /// Makes a context.
  public init(
    now: Instant, channel: String, language: String? = nil, values: [String: String] = [:],
    question: QuestionArrival = .arrived, isOptedOut: Bool = false, mayConfirmStop: Bool = true
  ) {
    self.now = now
    self.channel = channel
    self.language = language
    self.values = values
    self.question = question
    self.isOptedOut = isOptedOut
    self.mayConfirmStop = mayConfirmStop
  }

  /// What is known of the message that carried the open question.
  public enum QuestionArrival: Sendable {
    /// It was accepted, or nothing speaks against it.
    case arrived
    /// Nobody knows: only a sure answer (number, id or label) is taken, and proves that it
    /// arrived; anything else has the question asked anew.
    case unknown
    /// The person never saw it: it is asked anew, and the reply is not matched to it.
    case refused
  }
}

/// What a turn asks the gateway to do, in order, all in one transaction.
public enum Effect: Equatable, Sendable {
  /// Send a message.
  case send(Outgoing)
  /// Keep an answer.
  case record(RecordedAnswer)
  /// Start a timer that no message carries; it obeys the sending hours when it comes due.
  case startTimer(TimerKind, question: Int, due: Instant)
  /// A person of that team takes over; `note` is for staff.
  case handOver(team: String, note: String)
  /// Nothing matched, or it needs a look: the message goes to the staff inbox, for this reason.
  case staffInbox(StaffReason)
  /// Danger words: alarm staff.
  case alarm
  /// Record an opt-out (idempotent: an exact STOP is already recorded when it was received).
  case optOut
  /// Lift an opt-out.
  case optIn
  /// The open question was proven to have arrived, although its sending was unknown.
  case questionArrived
}

/// Why a message is in front of staff.
public enum StaffReason: String, CaseIterable, Sendable {
  /// It matched nothing.
  case unmatched
  /// It reads like a wish to opt out.
  case nearOptOut
  /// What followed a keyword fitted nothing.
  case extraWords
  /// The person is in the hands of staff: further texts go to the case.
  case handedOver
  /// The person asked for a person.
  case person
  /// It answers a poll that has closed.
  case closedPoll
}

/// One message that a turn says.
public struct Outgoing: Equatable, Sendable {
  /// The words, values filled in, choices numbered where the channel has no buttons.
  public var text: String
  /// The choices offered, for channels that have buttons.
  public var choices: [OutboundMessage.Choice]
  /// A picture, or nil.
  public var picture: OutboundMessage.Picture?
  /// What class of consent it needs.
  public var messageClass: MessageClass
  /// Why it is said, which decides how it is counted and whether STOP or hours hold it.
  public var purpose: Purpose
  /// The number of the question it asks, unique within the lane; nil when it asks none.
  ///
  /// Asking again, for whatever reason, is a new number with its own timers, so that those of the
  /// number before are stale. Only a reminder keeps the number, and starts no timers.
  public var question: Int?
  /// The timers to start when this message is accepted.
  public var timers: [Timer]

  /// Makes a message.
  public init(
    text: String, choices: [OutboundMessage.Choice] = [],
    picture: OutboundMessage.Picture? = nil, messageClass: MessageClass, purpose: Purpose,
    question: Int? = nil, timers: [Timer] = []
  ) {
    self.text = text
    self.choices = choices
    self.picture = picture
    self.messageClass = messageClass
    self.purpose = purpose
    self.question = question
    self.timers = timers
  }

  /// Why a message is said.
  public enum Purpose: String, CaseIterable, Sendable {
    /// It moves a conversation forward in answer to what the person just texted.
    case progress
    /// It answers without moving forward: not understood, repeated, restarted.
    case retry
    /// Something the gateway itself says: help, which of two, nothing matched.
    case notice
    /// The one confirmation of STOP.
    case stopConfirmation
    /// The 999 answer.
    case danger
    /// A timer, a schedule or staff caused it: sending hours hold.
    case unprompted
  }

  /// A timer to start.
  public struct Timer: Equatable, Sendable {
    /// What it is for.
    public var kind: TimerKind
    /// How long after acceptance.
    public var after: Duration

    /// Makes a timer.
    public init(kind: TimerKind, after: Duration) {
      self.kind = kind
      self.after = after
    }
  }
}

/// An answer to keep.
public struct RecordedAnswer: Equatable, Sendable {
  /// The conversation's id.
  public var conversation: String
  /// The question's name.
  public var name: String
  /// What was understood: a choice's id, a number, words.
  public var value: String
  /// The person's own words.
  public var raw: String
  /// The id of the poll whose question it answers; nil for a conversation's own question.
  public var poll: String?

  /// Makes an answer.
  public init(
    conversation: String, name: String, value: String, raw: String, poll: String? = nil
  ) {
    self.conversation = conversation
    self.name = name
    self.value = value
    self.raw = raw
    self.poll = poll
  }
}

/// An action that the gateway decides inside the turn's transaction.
public struct ActionRequest: Equatable, Sendable {
  /// The action's words in the language, such as `report danger`.
  public var action: String
  /// What follows the colon, values filled in.
  public var argument: String
  /// The conversation that asks.
  public var conversation: String
  /// What stands between the action's words and the colon, values filled in, such as the kind of a
  /// request; empty for an action that takes nothing there.
  public var subject: String
  /// What follows `at`, such as the shop of a voucher; empty for none.
  public var place: String
  /// The outcome where the engine itself decides, as for `set language`; nil where the gateway does.
  public var decided: String?

  /// Makes a request.
  public init(
    action: String, argument: String, conversation: String, subject: String = "",
    place: String = "", decided: String? = nil
  ) {
    self.action = action
    self.argument = argument
    self.conversation = conversation
    self.subject = subject
    self.place = place
    self.decided = decided
  }
}

/// How a turn ended.
public enum Turn: Sendable {
  /// It is over: store the lane and do the effects, in one commit.
  case finished(Lane, [Effect])
  /// An action must be decided first, in the same transaction; then `resume` the turn.
  case needs(ActionRequest, Suspended)
}
