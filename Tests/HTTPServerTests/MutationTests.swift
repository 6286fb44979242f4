import Foundation
import HTTP
import HTTPServer
import Support
import Testing

/// Generated requests, valid and hostile, on connections that are used again and behind nginx.
@Suite struct MutationTests {
  private static let honest = "HTTP/1.1\r\nHost: \(MutatedRequest.host)\r\n\r\n"

  /// Ten thousand in all.
  ///
  /// A connection that stays open must give the next request its own answer.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `after whatever request, the next one gets its own answer or none`(seed: UInt64) throws {
    let recorder = Recorder()
    let server = try recorder.server()
    var random = SplitMix64(seed: seed)
    var kept: RawClient?
    var keptCount = 0
    for number in 0..<2_500 {
      let client = try kept ?? RawClient(port: server.port)
      kept = nil
      client.send(MutatedRequest(number: number, &random).bytes)
      // What is not a whole request has no answer before its end.
      if !client.hasMore(within: 10) { client.finishSending() }
      guard let answer = client.lastAnswer() else { continue }
      guard !answer.closes else {
        #expect(client.answersUntilClosed().isEmpty)
        continue
      }
      client.send("GET /hooks/honest\(number) " + Self.honest)
      guard let next = client.answer() else { continue }
      #expect(next.status == 200 && next.body == "saw /hooks/honest\(number)")
      keptCount += 1
      if !next.closes { kept = client }
    }
    let urls = recorder.urls
    #expect(!urls.contains { $0.contains("evil") })
    #expect(urls.filter { $0.contains("honest") }.count >= keptCount)
    #expect(keptCount > 250)
    #expect(server.counts.faults == 0)
  }

  /// nginx and the guard may refuse different things; what both take must mean the same to both.
  ///
  /// `COMMONTHREAD_MUTATIONS` says how many; 500 where it does not.
  @Test(.enabled(if: Nginx.isInstalled, "nginx is not installed"))
  func `what nginx and the guard both take is one request with the same body`() throws {
    let count =
      ProcessInfo.processInfo.environment["COMMONTHREAD_MUTATIONS"].flatMap { Int($0) } ?? 500
    let alone = Recorder()
    let behind = Recorder()
    let server = try alone.server()
    let proxied = try behind.server()
    let nginx = try Nginx(before: proxied, lifetimeSeconds: 3_600)
    var random = SplitMix64(seed: 12)
    var taken = (both: 0, nginx: 0, alone: 0)
    for number in 0..<count {
      let bytes = MutatedRequest(number: number, &random).bytes
      let before = (alone: alone.requests.count, behind: behind.requests.count)
      let isTakenAlone = try status(of: bytes, RawClient(port: server.port)) == 200
      let isTakenBehind = try status(of: bytes, nginx.client(patience: 20)) == 200
      if isTakenAlone, isTakenBehind {
        taken.both += 1
        let seen = try #require(alone.requests.dropFirst(before.alone).first)
        #expect(
          behind.requests.dropFirst(before.behind).contains {
            $0.method == seen.method && $0.url == seen.url && $0.body == seen.body
          }, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      } else {
        taken.nginx += isTakenBehind ? 1 : 0
        taken.alone += isTakenAlone ? 1 : 0
      }
    }
    #expect(behind.requests.allSatisfy(nginx.isPassedOn))
    #expect(!alone.urls.contains { $0.contains("evil") })
    #expect(taken.both > count / 20)
    let client = try nginx.client(patience: 20)
    client.send("GET /hooks/good " + Self.honest)
    #expect(client.answer()?.body == "saw /hooks/good")
    print(
      "mutations: \(count), taken by both \(taken.both), nginx \(taken.nginx), "
        + "guard \(taken.alone)")
  }

  /// The status of the first answer to the bytes; nil for none.
  private func status(of bytes: [UInt8], _ client: RawClient) -> Int? {
    client.send(bytes)
    if !client.hasMore(within: 100) { client.finishSending() }
    return client.lastAnswer()?.status
  }
}

extension RawClient {
  /// The next answer that is not an interim one.
  fileprivate func lastAnswer() -> Answer? {
    while let next = answer() { if next.status != 100 { return next } }
    return nil
  }

  /// Whether there is something to read, or the connection has ended, within the milliseconds.
  fileprivate func hasMore(within milliseconds: Int32) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, milliseconds) > 0
  }
}
