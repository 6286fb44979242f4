import Foundation
import Glibc
import HTTP
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

  /// At the size of an attack; `COMMONTHREAD_SLOW_SECONDS` says for how long, 30 where it does not.
  ///
  /// Ten times a second somebody else asks, and is served. Of the slow ones themselves some may be
  /// told that the server is busy: a thousand ask for the long answer at the same time.
  @Test func `five thousand slow clients hold up no one`() throws {
    let seconds =
      ProcessInfo.processInfo.environment["COMMONTHREAD_SLOW_SECONDS"].flatMap { Int($0) } ?? 30
    let count = min(5_000, allowManyDescriptors() - 1_000)
    let recorder = Recorder()
    let server = try WebServer(settings: .local()) { request in
      guard request.url == SlowClient.largeTarget else { return recorder.handle(request) }
      return HTTPResponse(
        status: 200, type: "text/plain", text: String(repeating: "x", count: 200_000))
    }
    let nginx = try Nginx(before: server, lifetimeSeconds: seconds + 300)
    var clients = try (0..<count).map { try SlowClient(number: $0, of: nginx) }
    var times: [Duration] = []
    var reopened = 0
    let start = ContinuousClock.now
    for round in 0..<(seconds * 10) {
      // Each of them does a little every three seconds.
      for index in stride(from: round % 30, to: count, by: 30) where !clients[index].drip() {
        clients[index] = try SlowClient(number: index, of: nginx)
        reopened += 1
      }
      let sent = ContinuousClock.now
      let client = try nginx.client(patience: 20)
      client.send(Self.good)
      #expect(client.answer()?.body == "saw /hooks/good")
      times.append(ContinuousClock.now - sent)
      wait(until: start + .milliseconds(100) * (round + 1))
    }
    times.sort()
    let (median, late) = (times[times.count / 2], times[times.count * 99 / 100])
    print(
      "slow clients: \(count), reopened \(reopened), over \(ContinuousClock.now - start); "
        + "\(times.count) requests, median \(median), 99th of 100 \(late)")
    #expect(late < .seconds(5))
    #expect(recorder.urls == [String](repeating: "/hooks/good", count: seconds * 10))
    #expect(clients.filter { $0.bytes > 0 }.count > count * 9 / 10)
  }

  /// Until the moment comes there is nothing to wait for: it is the pace of the requests.
  private func wait(until moment: ContinuousClock.Instant) {
    while case let rest = moment - ContinuousClock.now, rest > .zero {
      poll(nil, 0, Int32(rest / .milliseconds(1)) + 1)
    }
  }

  /// Lets this process, and nginx after it, have as many descriptors as the system allows, up to
  /// 20,000; returns how many.
  @discardableResult private func allowManyDescriptors() -> Int {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 20_000))
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return Int(limit.rlim_cur)
  }
}
