import Messaging

/// What the world outside the gateway knows: the only truth about what was promised.
struct DiskLedger: Sendable {
  /// A text that a person sent.
  struct Text: Sendable {
    /// Who sent it.
    let sender: Address
    /// What it says.
    let body: String
    /// Whether the provider was answered 2xx: then it must be there for good.
    var isAcknowledged = false
  }

  /// A message that was handed to the provider.
  struct Sending: Sendable {
    /// The number of the last attempt.
    var attempt: Int
    /// The words that the provider got.
    var words: [String] = []
    /// How many attempts may have reached the person.
    var arrivals = 0
    /// The state that we were told it is in for good; nil while no settlement was acknowledged.
    var settled: String?
    /// The state that a settlement without an answer would give it, or nil.
    var settling: String?
  }

  /// The texts by the provider's ids, in the order in which they were sent.
  private(set) var textIDs: [String] = []
  private(set) var texts: [String: Text] = [:]
  /// What was handed over, by our ids.
  var sendings: [RecordID: Sending] = [:]
  /// The people whose STOP was acknowledged, with the provider's id of that text.
  private(set) var stopped: [Address: String] = [:]
  /// What the gateway may say, each as a part of its messages; empty where it may say anything.
  var expectedWords: [String] = []
  /// What did not hold as it happened.
  private(set) var violations: [String] = []

  /// The next text's id as the provider gives it.
  mutating func add(_ text: Text) -> String {
    let id = "SMin\(textIDs.count)"
    textIDs.append(id)
    texts[id] = text
    return id
  }

  /// Notes that the provider was answered 2xx.
  mutating func acknowledge(_ id: String) {
    texts[id]?.isAcknowledged = true
    guard let text = texts[id], text.body == "STOP" else { return }
    stopped[text.sender] = id
  }

  /// Notes that something did not hold.
  mutating func violate(_ sentence: String) {
    violations.append(sentence)
  }

  /// Notes that a message is handed to the provider: never one that may have arrived before.
  mutating func handOver(_ id: RecordID, attempt: Int, words: String) {
    var sending = sendings[id] ?? Sending(attempt: attempt)
    if sending.arrivals > 0 { violate("message \(id.text) is sent twice, attempt \(attempt)") }
    sending.attempt = attempt
    sending.words.append(words)
    sending.arrivals += 1
    sending.settled = nil
    sending.settling = nil
    sendings[id] = sending
  }
}
