import Support

/// One send of the transport's proof: what is sent, and what the provider does with it.
struct TransportPlan: Sendable {
  /// What the provider does once it has read the request.
  enum Deed: Sendable {
    /// It answers and keeps the connection.
    case answer
    /// It answers and hangs up without having said so.
    case answerAndHangUp
    /// It answers byte by byte.
    case answerSlowly
    /// It answers when nobody waits any more.
    case answerLate
    /// It answers, and sends along an answer that nobody asked for.
    case answerTwice
    /// It says something that is no answer, or not a whole one, and hangs up.
    case sayNonsense(String)
    /// It hangs up without a byte, having read the whole request.
    case hangUp
    /// The same, by a reset.
    case reset
    /// It resets the connection with only the head and a piece of the body read.
    case resetEarly
    /// It hangs up on everyone, as a provider does that restarts.
    case hangUpOnAll
    /// It says nothing and waits.
    case stayMute

    /// Whether it hangs up without a byte, having read the whole request: what makes libcurl repeat
    /// a request that it can repeat.
    var isSilentEnd: Bool {
      switch self {
      case .hangUp, .reset, .hangUpOnAll: true
      default: false
      }
    }
  }

  /// To whom the request is sent.
  enum Receiver: Sendable {
    case provider
    /// A port where nobody listens.
    case nobody
    /// The provider, which speaks no TLS, as if it did.
    case providerByTLS
  }

  let deed: Deed
  let receiver: Receiver
  /// The bytes of the body; 0 for none.
  let bodyBytes: Int
  /// How long the sender waits, in milliseconds.
  let patienceMilliseconds: Int

  /// Draws one.
  init(_ random: inout SplitMix64) {
    deed = Self.deed(&random)
    receiver = random.percent(97) ? .provider : random.percent(50) ? .nobody : .providerByTLS
    switch random.below(100) {
    case 0..<10: bodyBytes = 0
    case 10..<14: bodyBytes = 100_000 + random.below(900_000)
    default: bodyBytes = 40 + random.below(200)
    }
    switch deed {
    case .stayMute, .answerLate: patienceMilliseconds = 5 + random.below(30)
    default: patienceMilliseconds = random.percent(2) ? 1 : 20_000
    }
  }

  private static func deed(_ random: inout SplitMix64) -> Deed {
    switch random.below(200) {
    case 0..<110: .answer
    case 110..<122: .answerAndHangUp
    case 122..<126: .answerSlowly
    case 126..<130: .answerLate
    case 130..<134: .answerTwice
    case 134..<150: .sayNonsense(random.pick(nonsense))
    case 150..<175: .hangUp
    case 175..<187: .reset
    case 187..<193: .resetEarly
    case 193..<194: .hangUpOnAll
    default: .stayMute
    }
  }

  private static let nonsense = [
    "\r\n\r\n", "\0\u{1}\u{2}", "<html>Bad gateway</html>", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1",
    "HTTP/9.9 banana\r\n\r\n", "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nbad\r\n0\r\n\r\n",
    "HTTP/1.1 307 Again\r\nLocation: /send/0\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 408 Time-out\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 4\r\n\r\nbusy",
  ]
}
