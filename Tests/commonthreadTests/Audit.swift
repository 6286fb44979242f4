import Foundation

/// What residents sent, what the log holds and what the handsets got, held against the promises.
///
/// Each of the lists names what breaks one of them; all are empty when all is well.
struct Audit {
  private let texts: [TextingResidents.Text]
  private let log: [LogLine]
  private let deliveries: [TwilioDouble.Delivery]
  private let words: [String: TextingResidents.Text]

  init(
    _ texts: [TextingResidents.Text], log: [LogLine], deliveries: [TwilioDouble.Delivery]
  ) {
    self.texts = texts
    self.log = log
    self.deliveries = deliveries
    words = texts.reduce(into: [:]) { words, text in
      if case .word(let word) = text.kind { words[word] = text }
    }
  }

  /// P1, P4: acknowledged messages that are not in the log, and any that are there twice.
  var lostOrDoubled: [String] {
    let counts = log.filter { !$0.isOutbound }.flatMap(\.providerIDs)
      .reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let lost = texts.filter { $0.acknowledged != nil && counts[$0.sid] == nil }.map(\.sid)
    return lost + counts.filter { $0.value > 1 }.map(\.key)
  }

  /// P4, P5: words that are in the log and were not answered once.
  var notAnsweredOnce: [String] {
    let answers = log.filter(\.isOutbound).compactMap { Self.word(in: $0.text) }
      .reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    let stored = Set(log.filter { !$0.isOutbound && $0.status == "handled" }.flatMap(\.providerIDs))
    let unanswered = words.filter { stored.contains($0.value.sid) && answers[$0.key] != 1 }
    return unanswered.map { "\($0.key) answered \(answers[$0.key] ?? 0) times" }
  }

  /// Messages that were taken in and neither handled nor given to staff.
  ///
  /// A message that was being tried at three kills in a row is rightly parked.
  var unhandled: [String] {
    log.filter { !$0.isOutbound && !["handled", "parked"].contains($0.status) }
      .map { "\($0.text) \($0.status)" }
  }

  /// P8: messages that somebody got twice, by our name of them and by their words, or that are not
  /// theirs.
  var doubledOrMisdirected: [String] {
    var seen: Set<String> = []
    return deliveries.compactMap { delivery in
      let name = String(delivery.reference.prefix { $0 != "." })
      var isFine = !name.isEmpty && seen.insert(name).inserted
      if let word = Self.word(in: delivery.body) {
        isFine = isFine && seen.insert(word).inserted && words[word]?.number == delivery.to
      }
      return isFine ? nil : "\(delivery.to) \(delivery.body) \(delivery.reference)"
    }
  }

  /// P10: what came when STOP had been acknowledged for 5 seconds, does not answer anything that
  /// the person texted after it, and was not asked for again by START.
  var afterStop: [String] {
    let byNumber = Dictionary(grouping: texts, by: \.number)
    return deliveries.compactMap { delivery in
      let mine = byNumber[delivery.to] ?? []
      let stop = mine.last { text in
        guard text.kind == .stop, let acknowledged = text.acknowledged else { return false }
        return acknowledged + .seconds(5) < delivery.at
      }
      guard let stop else { return nil }
      let answered = Self.word(in: delivery.body).flatMap { words[$0]?.place } ?? 0
      let isLifted = mine.contains { $0.kind == .start && $0.place > stop.place }
      if answered > stop.place || isLifted { return nil }
      let later = mine.filter { $0.place >= stop.place }.map { "\($0.kind) \($0.sid.suffix(3))" }
      return "\(delivery.to) \(delivery.body) after \(later)"
    }
  }

  /// P14: messages whose delivery was reported and acknowledged, and that the log does not show as
  /// delivered.
  func notShownDelivered(_ reported: Set<String>) -> [String] {
    let shown = Set(log.filter { $0.status == "delivered" }.flatMap(\.providerIDs))
    return reported.subtracting(shown).sorted()
  }

  /// The messages of the log that wait, although nothing of unknown end goes before them.
  var waiting: [String] {
    let unknown = Set(log.filter { $0.isOutbound && $0.status == "unknown" }.map(\.address))
    return log.filter { $0.isOutbound && $0.status == "queued" && !unknown.contains($0.address) }
      .map(\.text)
  }

  /// The word that a message says back; nil for any other message.
  private static func word(in body: String) -> String? {
    guard let start = body.range(of: "We heard ")?.upperBound else { return nil }
    return String(body[start...].prefix { $0 != "." })
  }
}
