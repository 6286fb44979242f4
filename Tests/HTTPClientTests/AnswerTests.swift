import Foundation
import HTTP
import Testing

@testable import HTTPClient

@Suite struct AnswerTests {
  @Test func `random lines and pieces never trap and never pass the limits`() {
    var state: UInt64 = 5
    func random(below limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
    let letters = Array("HTTP/1 :\r\n\tab\u{0}é".utf8)
    for _ in 0..<1_000 {
      var answer = Answer(headLimit: 500, bodyLimit: 300)
      for _ in 0..<10 {
        let bytes = (0..<random(below: 100)).map { _ in
          letters[Int(random(below: UInt64(letters.count)))]
        }
        let isTaken = bytes.withUnsafeBytes { buffer in
          random(below: 2) == 0 ? answer.take(line: buffer) : answer.take(body: buffer)
        }
        #expect(isTaken || answer.excess != nil)
      }
      let size = answer.headers.reduce(0) { $0 + $1.name.utf8.count }
      #expect(size <= 500 && answer.body.count <= 300)
    }
  }

  @Test(arguments: [
    ("HTTP/1.0 200 OK\r\n\r\nold", 200, "old"),
    ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nclosed", 200, "closed"),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
      200, "abcde"
    ),
    (
      "HTTP/1.1 100 Continue\r\nX-A: interim\r\n\r\nHTTP/1.1 202 OK\r\nContent-Length: 1\r\n\r\n.",
      202, "."
    ),
    ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
    ("HTTP/1.1 429 Slow\r\nRetry-After: 3\r\nContent-Length: 4\r\n\r\nwait", 429, "wait"),
    ("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", 302, ""),
    ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nraw", 200, "raw"),
  ])
  func `an answer is read as it is`(answer: String, status: Int, body: String) throws {
    try withProvider(script: answeringOnce(answer)) { provider, client in
      guard case .answered(let response) = client.perform(post(provider.url())) else {
        Issue.record("no answer")
        return
      }
      #expect(response.status == status)
      #expect(response.body == Array(body.utf8))
      #expect(response.headers["X-A"] == nil)
      #expect(provider.requests.count == 1)
    }
  }

  @Test func `fields are trimmed, folded lines joined, and trailers left out`() throws {
    let answer =
      "HTTP/1.1 200 OK\r\nX-A:   one  \r\nX-B: two\r\n  three\r\nx-a: four\r\n"
      + "Transfer-Encoding: chunked\r\n\r\n1\r\nz\r\n0\r\nX-Trailer: no\r\n\r\n"
    try withProvider(script: answeringOnce(answer)) { provider, client in
      guard case .answered(let response) = client.perform(post(provider.url())) else {
        Issue.record("no answer")
        return
      }
      #expect(
        response.headers == [
          HTTPHeader("X-A", "one"), HTTPHeader("X-B", "two three"), HTTPHeader("x-a", "four"),
          HTTPHeader("Transfer-Encoding", "chunked"),
        ])
    }
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n",
  ])
  func `a body without end is given up at the limit`(head: String) throws {
    let script: @Sendable (Provider.Connection) -> Void = { connection in
      _ = connection.readRequest()
      connection.write(head)
      let piece = String(repeating: "x", count: 65_536)
      while connection.write(piece) {}
    }
    try withProvider(script: script) { provider, client in
      let result = failure(client.perform(post(provider.url())))
      #expect(result?.kind == .broken)
      #expect(result?.text == "The body of the answer is longer than 1048576 bytes.")
    }
  }

  @Test func `a body of just the limit is an answer`() throws {
    let body = String(repeating: "x", count: 1 << 20)
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: \(1 << 20)\r\n\r\n" + body
    try withProvider(script: answeringOnce(answer)) { provider, client in
      guard case .answered(let response) = client.perform(post(provider.url())) else {
        Issue.record("no answer")
        return
      }
      #expect(response.body.count == 1 << 20)
    }
  }

  @Test(arguments: ["X-Line: more and more\r\n", "endless", "HTTP/1.1 100 Continue\r\n\r\n"])
  func `a head without end is given up`(line: String) throws {
    let script: @Sendable (Provider.Connection) -> Void = { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n")
      let piece = String(repeating: line, count: 1_000)
      while connection.write(piece) {}
    }
    try withProvider(script: script) { provider, client in
      #expect(failure(client.perform(post(provider.url())))?.kind == .broken)
    }
  }
}
