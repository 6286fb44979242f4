import Messaging

/// A poll as a conversation asks it: the questions, and the bargain that was made about them.
///
/// It is a plain value that the gateway reads from where it is stored; `PreparedPoll` is what a turn
/// uses.
public struct Poll: Equatable, Sendable {
  /// The poll's id.
  public var id: String
  /// The id of the conversation that asks it.
  public var conversation: String
  /// How private its answers are.
  public var privacy: AnswerPrivacy
  /// The first instant at which it is closed; nil while no close is set.
  public var closes: Instant?
  /// What is said of it, by language code; the languages of the poll are those of `languages`.
  public var bargain: [String: Bargain]
  /// The codes of its languages; the first is the source language.
  public var languages: [String]
  /// What it asks, in order.
  public var questions: [Question]

  /// Makes a poll.
  public init(
    id: String, conversation: String, privacy: AnswerPrivacy = .anonymous, closes: Instant? = nil,
    languages: [String] = ["en"], bargain: [String: Bargain] = [:], questions: [Question]
  ) {
    self.id = id
    self.conversation = conversation
    self.privacy = privacy
    self.closes = closes
    self.languages = languages
    self.bargain = bargain
    self.questions = questions
  }

  /// What people are told of a poll, in one language; nil for what is not said.
  public struct Bargain: Equatable, Sendable {
    /// What it is about.
    public var topic: String?
    /// What is decided already.
    public var decided: String?
    /// What is not decided yet.
    public var notDecided: String?
    /// Who decides.
    public var decider: String?
    /// The day on which it closes, in words.
    public var closes: String?
    /// The day by which people are told the result, in words.
    public var resultDay: String?
    /// The result, once there is one.
    public var result: String?

    /// Makes a bargain of which nothing is said yet.
    public init() {}

    /// What stands there for a script's value such as `poll topic`; nil for other names.
    public subscript(name: String) -> String? {
      get {
        switch name {
        case "poll topic": topic
        case "poll decided": decided
        case "poll not decided": notDecided
        case "poll decider": decider
        case "poll closes": closes
        case "poll result day": resultDay
        case "poll result": result
        default: nil
        }
      }
      set {
        switch name {
        case "poll topic": topic = newValue
        case "poll decided": decided = newValue
        case "poll not decided": notDecided = newValue
        case "poll decider": decider = newValue
        case "poll closes": closes = newValue
        case "poll result day": resultDay = newValue
        case "poll result": result = newValue
        default: break
        }
      }
    }
  }

  /// One question of a poll.
  public struct Question: Equatable, Sendable {
    /// The name under which answers are kept.
    public var name: String
    /// What is asked, by language code.
    public var wording: [String: String]
    /// The choices; empty for a typed question.
    public var choices: [Choice]
    /// What is taken for an answer; nil for one of the choices, which stand in for the type's own.
    public var type: AnswerType?

    /// Makes a question.
    public init(
      name: String, wording: [String: String], choices: [Choice] = [], type: AnswerType? = nil
    ) {
      self.name = name
      self.wording = wording
      self.choices = choices
      self.type = type
    }
  }

  /// One answer that is offered.
  public struct Choice: Equatable, Sendable {
    /// The id that is stored.
    public var id: String
    /// What people read, by language code.
    public var labels: [String: String]
    /// Other words for it, of any language.
    public var synonyms: [String]

    /// Makes a choice.
    public init(id: String, labels: [String: String], synonyms: [String] = []) {
      self.id = id
      self.labels = labels
      self.synonyms = synonyms
    }
  }
}
