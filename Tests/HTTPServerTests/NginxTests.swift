import Glibc
import HTTP
import HTTPServer
import Support
import Testing

/// The server behind a real nginx, as it is to be run.
@Suite(.enabled(if: Nginx.isInstalled, "nginx is not installed"))
struct NginxTests {
  private let recorder: Recorder
  private let server: WebServer
  private let nginx: Nginx

  init() throws {
    recorder = Recorder()
    server = try recorder.server()
    nginx = try Nginx(before: server, patience: "5s")
  }

  @Test(arguments: ProxiedRequest.hostile)
  func `a hostile request reaches nothing, nor does one inside it`(
    request: ProxiedRequest
  ) throws {
    try send(request)
    try expectGood()
  }

  @Test(arguments: ProxiedRequest.clean)
  func `a clean request reaches the handler once`(request: ProxiedRequest) throws {
    try send(request)
    try expectGood()
  }

  private func send(_ request: ProxiedRequest) throws {
    let client = try nginx.client(patience: 20)
    client.send(request.bytes)
    var answers = request.statuses.compactMap { _ in client.answer() }
    client.finishSending()
    answers += client.answersUntilClosed()
    #expect(answers.map(\.status) == request.statuses)
    #expect(recorder.urls == request.reached)
    #expect(recorder.requests.allSatisfy(nginx.isPassedOn))
  }

  /// Whatever was sent before, the next request is served.
  private func expectGood() throws {
    let client = try nginx.client(patience: 20)
    client.send("GET /hooks/good HTTP/1.1\r\nHost: hooks.elmhomes.example\r\n\r\n")
    #expect(client.answer()?.body == "saw /hooks/good")
    let last = try #require(recorder.requests.last)
    #expect(nginx.isPassedOn(last))
    #expect(last.headers["X-Forwarded-For"] == "127.0.0.1")
    #expect(server.counts.faults == 0)
  }

  /// Good requests with one byte changed, lost or doubled, and a second one hidden in the body.
  @Test func `a damaged request is whole or refused, and never two`() throws {
    var random = SplitMix64(seed: 12)
    let evil = "GET /hooks/evil HTTP/1.1\r\nHost: hooks.elmhomes.example\r\n\r\n"
    let good = Array(
      ("POST /hooks/a HTTP/1.1\r\nHost: hooks.elmhomes.example\r\nX-Y: z\r\n"
        + "Content-Length: \(evil.utf8.count)\r\n\r\n\(evil)").utf8)
    for _ in 0..<300 {
      var bytes = good
      let index = Int.random(in: 0..<(bytes.count - evil.utf8.count), using: &random)
      switch random.next() % 3 {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: index)
      default: bytes.insert(bytes[index], at: index)
      }
      let client = try nginx.client(patience: 20)
      client.send(bytes)
      client.finishSending()
      _ = client.answersUntilClosed()
    }
    #expect(recorder.requests.allSatisfy(nginx.isPassedOn))
    try expectGood()
  }

  @Test(arguments: [
    ("hooks", "/hooks/main", 3 << 20, 200), ("hooks", "/hooks/main", (3 << 20) + 1, 413),
    ("console", "/api", 64 << 10, 200), ("console", "/api", (64 << 10) + 1, 413),
    ("console", "/hooks/main", (64 << 10) + 1, 413),
  ])
  func `a body has the limit of its host and path`(
    host: String, target: String, count: Int, status: Int
  ) throws {
    let client = try nginx.client(patience: 20)
    client.send(
      "POST \(target) HTTP/1.1\r\nHost: \(host).elmhomes.example\r\nContent-Length: \(count)\r\n\r\n"
    )
    if status == 200 { client.send([UInt8](repeating: 120, count: count)) }
    #expect(client.answer()?.status == status)
    #expect(recorder.requests.map(\.body.count) == (status == 200 ? [count] : []))
  }

  @Test func `a chunked body has the limit too, and does not reach the handler`() throws {
    let client = try nginx.client(patience: 20)
    client.send(
      "POST /hooks/main HTTP/1.1\r\nHost: hooks.elmhomes.example\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n")
    let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 120, count: 65_536) + [13, 10]
    for _ in 0..<49 { client.send(chunk) }
    client.send("0\r\n\r\n")
    #expect(client.answer()?.status == 413)
    #expect(recorder.urls == [])
  }

  @Test func `the login page is limited, and hooks are not`() throws {
    var statuses: [String: [Int]] = [:]
    for (host, target) in [("console", "/login"), ("hooks", "/hooks/a")] {
      for _ in 0..<40 {
        let client = try nginx.client(patience: 20)
        client.send("GET \(target) HTTP/1.1\r\nHost: \(host).elmhomes.example\r\n\r\n")
        statuses[host, default: []].append(client.answer()?.status ?? 0)
      }
    }
    #expect(statuses["hooks"] == Array(repeating: 200, count: 40))
    #expect(statuses["console"]?.prefix(11) == Array(repeating: 200, count: 11)[...])
    #expect(statuses["console"]?.contains(429) == true)
  }

  @Test func `a gateway that is down is told as such, and nothing is sent twice`() throws {
    server.stop()
    let client = try nginx.client(patience: 20)
    client.send(
      "POST /hooks/a HTTP/1.1\r\nHost: hooks.elmhomes.example\r\nContent-Length: 2\r\n\r\nhi")
    #expect(client.answer()?.status == 502)
    #expect(recorder.urls == [])
  }
}
