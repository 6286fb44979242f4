import Dispatch
import HTTP
import HTTPClient
import Synchronization

/// Requests sent by so many senders at once, each the next one when the last is answered.
final class BenchLoad: Sendable {
  /// What came back.
  struct Answers: Sendable {
    /// How many were answered 2xx.
    var accepted = 0
    /// How long each took.
    var milliseconds: [Double] = []
  }

  private let requests: [HTTPRequest]
  private let connections: Int
  private let client: WebClient
  private let place = Atomic(0)
  private let answers = Mutex(Answers())
  private let done = DispatchGroup()

  /// Makes a load that is not running yet.
  init(requests: [HTTPRequest], connections: Int) throws {
    self.requests = requests
    self.connections = connections
    var settings = WebClient.Settings()
    settings.connectionLimit = connections
    settings.connectionLimitPerHost = connections
    client = try WebClient(settings: settings)
  }

  /// Sends all of them and returns what came back.
  func run() -> Answers {
    for _ in 0..<connections {
      done.enter()
      sendNext()
    }
    done.wait()
    client.stop(within: .zero)
    return answers.withLock { $0 }
  }

  private func sendNext() {
    let index = place.add(1, ordering: .relaxed).oldValue
    guard index < requests.count else { return done.leave() }
    let start = BenchReport.clock
    client.send(requests[index]) { exchange in
      let time = (BenchReport.clock - start) * 1000
      self.answers.withLock { answers in
        answers.milliseconds.append(time)
        if case .answered(let response) = exchange, response.status / 100 == 2 {
          answers.accepted += 1
        }
      }
      self.sendNext()
    }
  }
}
