import Foundation
import HTTP
import Testing

@testable import HTTPClient

@Suite struct StopTests {
  @Test func `a stop waits for what is under way`() throws {
    let script: @Sendable (Provider.Connection) -> Void = { connection in
      guard connection.readRequest() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
      connection.write("ok")
    }
    try withProvider(script: script) { provider, client in
      let reply = Reply()
      client.send(post(provider.url())) { reply.fill($0) }
      client.stop(within: .seconds(20))
      guard case .answered = reply.wait() else {
        Issue.record("no answer")
        return
      }
    }
  }

  @Test func `a stop whose time is over says truthfully what became of each request`() throws {
    let isRead = DispatchSemaphore(value: 0)
    var settings = WebClient.Settings()
    settings.connectionLimit = 1
    let script: @Sendable (Provider.Connection) -> Void = { connection in
      _ = connection.readRequest()
      isRead.signal()
      connection.awaitClose()
    }
    try withProvider(settings: settings, script: script) { provider, client in
      let sent = Reply()
      let waiting = Reply()
      client.send(post(provider.url())) { sent.fill($0) }
      isRead.wait()
      client.send(post(provider.url())) { waiting.fill($0) }
      client.stop(within: .zero)
      let text = "The client was stopped."
      #expect(sent.wait() == .failed(.init(kind: .broken, code: 0, text: text)))
      #expect(waiting.wait() == .failed(.init(kind: .neverSent, code: 0, text: text)))
      #expect(provider.requests.count == 1)
    }
  }

  @Test func `nothing is sent after a stop, and a second stop does no harm`() throws {
    try withProvider(script: answering(accepted)) { provider, client in
      client.stop()
      client.stop()
      let exchange = client.perform(post(provider.url()))
      #expect(
        exchange
          == .failed(.init(kind: .neverSent, code: 0, text: "The client was stopped.")))
      #expect(provider.connectionCount == 0)
    }
  }
}
