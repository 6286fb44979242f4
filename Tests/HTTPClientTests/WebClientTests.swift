import Foundation
import HTTP
import Synchronization
import Testing

@testable import HTTPClient

/// An answer that says its length and keeps the connection.
let accepted = "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"

/// A provider with the script, a client, and the end of both.
func withProvider(
  settings: WebClient.Settings = WebClient.Settings(),
  script: @escaping @Sendable (Provider.Connection) -> Void,
  test: (Provider, WebClient) throws -> Void
) throws {
  let provider = try Provider(script: script)
  let client = try WebClient(settings: settings)
  defer {
    client.stop(within: .zero)
    provider.stop()
  }
  try test(provider, client)
}

/// Answers every request of every connection alike.
func answering(_ answer: String) -> @Sendable (Provider.Connection) -> Void {
  { connection in
    while connection.readRequest() != nil { connection.write(answer) }
  }
}

/// Answers one request and closes.
func answeringOnce(_ answer: String) -> @Sendable (Provider.Connection) -> Void {
  { connection in
    if connection.readRequest() != nil { connection.write(answer) }
  }
}

func post(_ url: String, body: String = "To=%2B447700900123&Body=Hello") -> HTTPRequest {
  HTTPRequest(
    method: "POST", url: url,
    headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
    body: Array(body.utf8))
}

@Suite struct WebClientTests {
  @Test func `a request arrives as it was made, and the answer as it was given`() throws {
    try withProvider(script: answering(accepted)) { provider, client in
      var request = post(provider.url("/a/../b%20c?d=e%26"))
      request.headers += [HTTPHeader("X-Empty", ""), HTTPHeader("X-Word", "one  two")]
      let exchange = client.perform(request)
      guard case .answered(let response) = exchange else {
        Issue.record("\(exchange)")
        return
      }
      #expect(response.status == 201)
      #expect(response.body == Array("ok".utf8))
      #expect(response.headers["content-type"] == "text/plain")
      let text = try #require(provider.requests.first)
      #expect(text.hasPrefix("POST /a/../b%20c?d=e%26 HTTP/1.1\r\n"))
      #expect(text.hasSuffix("\r\n\r\nTo=%2B447700900123&Body=Hello"))
      #expect(text.contains("\r\nX-Word: one  two\r\n"))
      #expect(text.contains("\r\nX-Empty:\r\n"))
      #expect(text.contains("\r\nUser-Agent: commonthread\r\n"))
      #expect(text.contains("\r\nContent-Length: 29\r\n"))
      #expect(!text.contains("Expect") && !text.contains("Accept-Encoding"))
    }
  }

  @Test(arguments: [
    ("GET", ""), ("HEAD", ""), ("POST", ""), ("PUT", "{}"), ("PATCH", "x"), ("DELETE", ""),
  ])
  func `every method is written with its body`(method: String, body: String) throws {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    try withProvider(script: answering(answer)) { provider, client in
      let request = HTTPRequest(method: method, url: provider.url(), body: Array(body.utf8))
      guard case .answered(let response) = client.perform(request) else {
        Issue.record("no answer")
        return
      }
      #expect(response.status == 200)
      let text = try #require(provider.requests.first)
      #expect(text.hasPrefix("\(method) /messages HTTP/1.1\r\n"))
      #expect(text.hasSuffix("\r\n\r\n\(body)"))
      #expect(!text.contains("Content-Type"))
    }
  }

  @Test func `a large body arrives whole`() throws {
    try withProvider(script: answering(accepted)) { provider, client in
      let body = String(repeating: "0123456789", count: 100_000)
      guard case .answered = client.perform(post(provider.url(), body: body)) else {
        Issue.record("no answer")
        return
      }
      #expect(provider.requests.first?.hasSuffix("\r\n\r\n" + body) == true)
    }
  }

  @Test func `many sends at once share a few connections`() throws {
    var settings = WebClient.Settings()
    settings.connectionLimit = 8
    try withProvider(settings: settings, script: answering(accepted)) { provider, client in
      let replies = (0..<50).map { _ in Reply() }
      for reply in replies { client.send(post(provider.url())) { reply.fill($0) } }
      for reply in replies {
        guard case .answered(let response) = reply.wait() else {
          Issue.record("no answer")
          continue
        }
        #expect(response.status == 201)
      }
      #expect(provider.requests.count == 50)
      #expect(provider.connectionCount <= 8)
    }
  }

  @Test func `a request that needs a new connection takes the place of an idle one`() throws {
    var settings = WebClient.Settings()
    settings.connectionLimit = 1
    try withProvider(settings: settings, script: answering(accepted)) { provider, client in
      for body in ["a", "", "b", "", ""] {
        guard case .answered = client.perform(post(provider.url(), body: body)) else {
          Issue.record("no answer")
          return
        }
      }
      #expect(provider.requests.count == 5)
      #expect(provider.connectionCount == 4)
    }
  }

  @Test func `threads that send together each get their own answer`() throws {
    let script: @Sendable (Provider.Connection) -> Void = { connection in
      while let request = connection.readRequest() {
        let body = request.components(separatedBy: "\r\n\r\n").last ?? ""
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      }
    }
    try withProvider(script: script) { provider, client in
      let url = provider.url()
      let wrong = Atomic(0)
      DispatchQueue.concurrentPerform(iterations: 200) { index in
        let exchange = client.perform(post(url, body: "number=\(index)"))
        guard case .answered(let response) = exchange,
          response.body == Array("number=\(index)".utf8)
        else {
          wrong.add(1, ordering: .relaxed)
          return
        }
      }
      #expect(wrong.load(ordering: .relaxed) == 0)
      #expect(provider.requests.count == 200)
    }
  }

  @Test func `a completion may send the next request`() throws {
    try withProvider(script: answering(accepted)) { provider, client in
      let reply = Reply()
      let next = post(provider.url("/second"))
      client.send(post(provider.url("/first"))) { _ in
        client.send(next) { reply.fill($0) }
      }
      guard case .answered = reply.wait() else {
        Issue.record("no answer")
        return
      }
      #expect(provider.requests.map { $0.prefix(12) } == ["POST /first ", "POST /second"])
      #expect(provider.connectionCount == 1)
    }
  }

  @Test func `a client of its own accord ends when the last hold on it goes in a completion`()
    throws
  {
    let provider = try Provider(script: answering(accepted))
    defer { provider.stop() }
    let reply = Reply()
    do {
      let client = try WebClient()
      client.send(post(provider.url())) { exchange in
        withExtendedLifetime(client) { reply.fill(exchange) }
      }
    }
    guard case .answered = reply.wait() else {
      Issue.record("no answer")
      return
    }
  }
}
