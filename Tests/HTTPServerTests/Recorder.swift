import HTTP
import HTTPServer
import Synchronization

/// A handler that remembers what it saw and answers with the path.
final class Recorder: Sendable {
  private let seen = Mutex<[HTTPRequest]>([])

  var requests: [HTTPRequest] { seen.withLock { $0 } }
  var urls: [String] { requests.map(\.url) }

  func handle(_ request: HTTPRequest) -> HTTPResponse {
    seen.withLock { $0.append(request) }
    return HTTPResponse(status: 200, type: "text/plain", text: "saw \(request.url)")
  }

  /// A server on a free port of this machine, which tells this recorder everything.
  func server(_ change: (inout WebServer.Settings) -> Void = { _ in }) throws -> WebServer {
    try WebServer(settings: .local(change)) { self.handle($0) }
  }
}

extension WebServer.Settings {
  /// The defaults, on a free port of this machine.
  static func local(_ change: (inout WebServer.Settings) -> Void = { _ in }) -> Self {
    var settings = Self()
    settings.address = "127.0.0.1:0"
    change(&settings)
    return settings
  }
}
