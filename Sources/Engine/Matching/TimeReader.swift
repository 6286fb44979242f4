/// Reads a time of day out of a reply.
struct TimeReader: Sendable {
  typealias Token = CalendarWords.Token

  let words: CalendarWords
  /// The times that are taken, in minutes after midnight.
  let range: ClosedRange<Int>

  /// The minutes after midnight that the whole reply means.
  func minutes(in reply: FoldedReply) -> Result<Int, UnclearReply> {
    guard reply.symbols.isEmpty, var tokens = words.tokens(of: reply),
      !DigitRange.isIn(reply.text)
    else { return .failure(UnclearReply(reason: .nothingFound)) }
    if tokens.first == .word(.role(.about)) { tokens.removeFirst() }
    var half: CalendarWords.Role?
    if case .word(.role(let role)) = tokens.last, role == .morning || role == .afternoon {
      half = role
      tokens.removeLast()
    }
    if tokens.last == .word(.role(.oclock)) {
      tokens.removeLast()
      guard tokens.count == 1 else { return .failure(UnclearReply(reason: .nothingFound)) }
    }
    guard let read = time(tokens), let candidates = Self.candidates(read, half) else {
      return .failure(UnclearReply(reason: .nothingFound))
    }
    let accepted = candidates.filter(range.contains)
    guard let time = accepted.first else { return .failure(UnclearReply(reason: .notAccepted)) }
    return accepted.count == 1 ? .success(time) : .failure(UnclearReply(reason: .ambiguous))
  }

  /// `15:30` for 930 minutes.
  static func text(_ minutes: Int) -> String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return padded(minutes / 60) + ":" + padded(minutes % 60)
  }

  /// A time as it was written.
  private struct Written {
    /// Minutes after midnight, which may still be those before or after noon.
    var minutes: Int
    /// Whether it can only be of the 24-hour clock.
    var isWhole: Bool
  }

  private func time(_ tokens: [Token]) -> Written? {
    guard tokens.count <= 3 else { return nil }
    switch (tokens.at(0), tokens.at(1), tokens.at(2)) {
    case (.word(.role(.noon))?, nil, nil), (.digits(12, _)?, .word(.role(.noon))?, nil):
      return Written(minutes: 720, isWhole: true)
    case (.word(.role(.midnight))?, nil, nil), (.digits(12, _)?, .word(.role(.midnight))?, nil):
      return Written(minutes: 0, isWhole: true)
    case (.digits(let number, let length)?, nil, nil) where length >= 3:
      return Self.clock(number / 100, number % 100, isWhole: length == 4)
    case (let hour?, nil, nil): return Self.hour(hour).flatMap { Self.clock($0, 0, isWhole: false) }
    case (.digits(let hour, let length)?, .digits(let minute, length: 2)?, nil) where length <= 2:
      return Self.clock(hour, minute, isWhole: length == 2)
    case (.word(.count(let hour))?, .word(.count(let minute))?, nil) where minute >= 10:
      return Self.clock(hour, minute, isWhole: false)
    case (.word(.role(.half))?, let hour?, nil),
      (.word(.role(.half))?, .word(.role(.past))?, let hour?):
      return Self.hour(hour).flatMap { Self.spoken($0, 30) }
    case (.word(.role(.quarter))?, .word(.role(.past))?, let hour?):
      return Self.hour(hour).flatMap { Self.spoken($0, 15) }
    case (.word(.role(.quarter))?, .word(.role(.to))?, let hour?):
      return Self.hour(hour).flatMap { Self.spoken($0, -15) }
    case (let minutes?, .word(.role(.past))?, let hour?):
      guard let minute = Self.steps(minutes) else { return nil }
      return Self.hour(hour).flatMap { Self.spoken($0, minute) }
    case (.word(.count(let minute))?, .word(.role(.to))?, let hour?):
      // In digits "10 to 4" would be from ten to four.
      guard [5, 10, 20, 25].contains(minute) else { return nil }
      return Self.hour(hour).flatMap { Self.spoken($0, -minute) }
    default: return nil
    }
  }

  private static func hour(_ token: Token) -> Int? {
    switch token {
    case .digits(let hour, let length): length <= 2 ? hour : nil
    case .word(.count(let hour)), .word(.hour(let hour)): hour
    default: nil
    }
  }

  /// Minutes past the hour as people say them.
  private static func steps(_ token: Token) -> Int? {
    switch token {
    case .digits(let minute, _), .word(.count(let minute)):
      [5, 10, 20, 25].contains(minute) ? minute : nil
    default: nil
    }
  }

  private static func clock(_ hour: Int, _ minute: Int, isWhole: Bool) -> Written? {
    guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
    return Written(minutes: hour * 60 + minute, isWhole: isWhole || hour == 0 || hour > 12)
  }

  /// So many minutes past or to an hour of the twelve.
  private static func spoken(_ hour: Int, _ minutes: Int) -> Written? {
    guard (1...12).contains(hour) else { return nil }
    return Written(minutes: (hour * 60 + minutes) % 720, isWhole: false)
  }

  /// The times that are meant; nil where the words contradict each other.
  private static func candidates(_ time: Written, _ half: CalendarWords.Role?) -> [Int]? {
    let isAfternoon = half == .afternoon
    guard half != nil else {
      let early = time.minutes % 720
      return time.isWhole ? [time.minutes] : [early, early + 720]
    }
    if time.minutes >= 780 || time.minutes < 60, time.isWhole {
      // "15:30 in the afternoon" says it twice, "15:30 in the morning" is a slip.
      return isAfternoon == (time.minutes >= 720) ? [time.minutes] : nil
    }
    return [time.minutes % 720 + (isAfternoon ? 720 : 0)]
  }
}

/// Two numbers with a dash between them, which may be all from one to the other.
enum DigitRange {
  /// Whether the text holds such a range.
  static func isIn(_ text: String) -> Bool {
    var isAfterDigit = false
    var isAfterDash = false
    for scalar in text.unicodeScalars.prefix(2000) {
      if scalar.properties.numericType == .decimal {
        if isAfterDash { return true }
        isAfterDigit = true
      } else if scalar.properties.generalCategory == .dashPunctuation || scalar == "\u{2212}" {
        isAfterDash = isAfterDigit
        isAfterDigit = false
      } else if !scalar.properties.isWhitespace {
        isAfterDigit = false
        isAfterDash = false
      }
    }
    return false
  }
}
