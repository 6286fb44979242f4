import Support

/// A person with a phone, or what answers in their place.
struct SimulatedResident {
  /// How they behave.
  enum Manner {
    /// Answers most questions, some of them wrongly.
    case willing
    /// Begins and does not answer, so that reminders come.
    case silent
    /// Sends everything twice.
    case doubling
    /// Texts STOP and START again and again.
    case stopping
    /// A machine that answers every text at once.
    case machine
    /// Sends a burst of texts now and then.
    case flooding
    /// Writes long texts, emoji and letters that look like others.
    case colourful
  }

  let number: String
  var manner: Manner
  var chance: SplitMix64
  /// Whether the number reaches no handset.
  let isDeadNumber: Bool
  /// How many of their texts are stored.
  var stored = 0
  /// Whether they have texted STOP last, as they see it.
  var wantsNothing = false

  init(_ index: Int, of plan: SimulationPlan, chance: SplitMix64) {
    var chance = chance
    number = "+447700900" + String(100 + index)
    isDeadNumber = chance.percent(2)
    var manners: [Manner] = [.willing, .willing, .willing, .silent, .doubling, .colourful]
    if plan.faults[.stopAtTheWorst] > 0 { manners += [.stopping, .stopping] }
    if plan.faults[.machine] > 0 { manners.append(.machine) }
    if plan.faults[.flood] > 0 { manners.append(.flooding) }
    manner = chance.pick(manners)
    self.chance = chance
  }

  /// Spellings of STOP that are all exact.
  static let stops = [
    "STOP", "Stop", "stop.", "STOP ALL", "unsubscribe", "END", "Quit!", "cancel", "ＳＴＯＰ",
    "𝐒𝐓𝐎𝐏", "ЅТОР", "S\u{200B}TOP", "stop \u{FE0F}", "REVOKE",
  ]

  /// What they text to begin with.
  mutating func beginning() -> String {
    switch chance.below(20) {
    case 0...7: return "FIRE DOOR"
    case 8...12: return "IDEA"
    case 13...14: return "Drill"
    case 15: return "help"
    case 16: return manner == .colourful ? colourful() : "hello there"
    case 17: return "My boiler is broken again"
    case 18: return chance.percent(20) ? "there is smoke in my kitchen" : "more"
    default: return colourful()
    }
  }

  /// What they answer to a text, if anything.
  mutating func answer(to text: String, token: Int) -> String? {
    guard manner != .silent else { return nil }
    if text.contains("Does your front door") {
      return chance.pick(["1", "2", "yes", "No", "2", "it stays open", "maybe", "yes please"])
    }
    if text.contains("Which floor") { return chance.pick(["4", "12", "two", "ground", "99"]) }
    if text.contains("your idea") && !text.contains("Thank you for") {
      return "More bins, number \(token)"
    }
    return chance.percent(5) ? "thanks" : nil
  }

  private mutating func colourful() -> String {
    switch chance.below(5) {
    case 0: return String(repeating: "Long story. ", count: 133)
    case 1: return "👍🏽👨‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿"
    case 2: return "ЅТОРРED clock"
    case 3: return String(repeating: "é", count: 1600)
    default: return "\u{202E}reverse \u{0} text"
    }
  }
}

/// What a resident does at some time.
enum ResidentAct {
  /// Begins something, and plans the next beginning.
  case begin
  /// Sends these words.
  case text(String)
  /// Texts STOP in one of its spellings.
  case stop
  /// Texts START.
  case start
}
