import Glibc
import HTTPServer
import Testing

/// Clients that send a byte now and then, so that a server waits for them.
@Suite(.enabled(if: Nginx.isInstalled, "nginx is not installed"))
struct NginxSlowTests {
  private static let head = "POST /hooks/slow HTTP/1.1\r\nHost: hooks.elmhomes.example\r\n"
  private static let good = "GET /hooks/good HTTP/1.1\r\nHost: hooks.elmhomes.example\r\n\r\n"

  @Test func `four hundred slow clients hold up no one, and slow heads are cut off`() throws {
    allowManyDescriptors()
    let recorder = Recorder()
    let server = try recorder.server()
    let nginx = try Nginx(before: server, patience: "2s")
    let heads = try (0..<200).map { _ in try nginx.client() }
    let bodies = try (0..<100).map { _ in try nginx.client() }
    let silent = try (0..<100).map { _ in try nginx.client() }
    for client in heads { client.send(Self.head + "X: ") }
    for client in bodies { client.send(Self.head + "Content-Length: 40\r\n\r\n") }
    var times: [Duration] = []
    let start = ContinuousClock.now
    for round in 1...40 {
      for client in heads + bodies.dropFirst() { client.send("x") }
      let sent = ContinuousClock.now
      let client = try nginx.client(patience: 20)
      client.send(Self.good)
      #expect(client.answer()?.status == 200)
      times.append(ContinuousClock.now - sent)
      wait(until: start + .milliseconds(100) * round)
    }
    for client in heads + silent { #expect(client.isClosed()) }
    for client in bodies.dropFirst() { #expect(client.answer()?.status == 200) }
    bodies.first?.send(String(repeating: "x", count: 40))
    #expect(bodies.first?.answer()?.status == 200)
    #expect(recorder.urls.count == 140)
    #expect(server.counts.refused == 0)
    times.sort()
    print("slow clients: 40 requests, median \(times[20]), 99th of 100 \(times[39])")
  }

  /// Until the moment comes there is nothing to wait for: it is the pace of the requests.
  private func wait(until moment: ContinuousClock.Instant) {
    while case let rest = moment - ContinuousClock.now, rest > .zero {
      poll(nil, 0, Int32(rest / .milliseconds(1)) + 1)
    }
  }

  /// Lets this process, and nginx after it, have as many descriptors as the system allows.
  private func allowManyDescriptors() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 8192))
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
