import Crypto
import HTTP
import Messaging
import Support
import Testing

@testable import Channels

/// What every kind of channel must do, over the list itself: a new one is tested on arrival.
@Suite struct ChannelListTests {
  static let now = Instant(milliseconds: 1_795_251_600_000)

  /// The kinds that have no secret and so take every callback for authentic.
  static let open = ["simulator"]

  static let authentic = Fixture.all.filter { fixture in
    !open.contains(fixture.provider) && fixture.expected["verdict"]?.string == "accepted"
  }

  @Test(arguments: Fixture.all)
  func `a recorded callback is read as its file says`(fixture: Fixture) throws {
    let line: JSON = [
      "id": 1, "channel": Fixture.settings(fixture.provider) ?? .null, "path": "/hooks/main",
      "publicURL": "https://h.example", "now": "2026-11-21T09:00:00Z",
      "receive": [
        "method": .string(fixture.request.method), "url": .string(fixture.request.url),
        "headers": JSON(fixture.request.headers),
        "bodyBase64": .string(Base64.encode(fixture.request.body)),
      ],
    ]
    let answer = try JSON(parsing: wireLine(line.serialized(), lookup: .none))
    #expect(fixture.expected["verdict"] != nil)
    #expect(answer["verdict"] == fixture.expected["verdict"])
    #expect(answer["reason"] == fixture.expected["reason"])
    #expect(answer["reply"] == fixture.expected["reply"])
    #expect(answer["events"] == fixture.expected["events"])
  }

  @Test(arguments: channelKinds.map(\.provider))
  func `every kind has fixtures of messages, receipts and nonsense`(provider: String) {
    let fixtures = Fixture.of(provider)
    let kinds = fixtures.compactMap { $0.expected["events"]?[0]?["kind"]?.string }
    #expect(kinds.contains("message"))
    #expect(kinds.contains("receipt"))
    #expect(fixtures.contains { $0.expected["reason"]?.string == "malformed" })
    if !Self.open.contains(provider) {
      for reason in ["missing-signature", "bad-signature"] {
        #expect(fixtures.contains { $0.expected["reason"]?.string == reason })
      }
    }
  }

  @Test(arguments: authentic)
  func `an authentic callback with anything changed is refused`(fixture: Fixture) throws {
    let channel = try Fixture.channel(fixture.provider)
    var requests: [HTTPRequest] = []
    let body = fixture.request.body
    for index in stride(from: 0, to: body.count, by: max(1, body.count / 100)) {
      var changed = fixture.request
      changed.body[index] ^= 0x01
      // A changed byte may still spell the same text, as in `%2b` for `%2B`.
      let form = Callback(changed).form
      if form == nil || form != Callback(fixture.request).form { requests.append(changed) }
    }
    #expect(requests.count >= min(body.count, 20))
    var unsigned = fixture.request
    unsigned.headers.removeAll { $0.name.hasPrefix("X-") }
    var moved = fixture.request
    moved.url += moved.url.contains("?") ? "&ref=x" : "?ref=x"
    for request in requests + [unsigned, moved] {
      let verdict = Webhook.receive(request, on: channel, now: Self.now)
      #expect(verdict.kind == .refused)
      #expect(verdict.events.isEmpty)
      #expect(verdict.reply.status == 403)
    }
  }

  @Test(arguments: channelKinds.map(\.provider))
  func `random bytes are refused or malformed, and never trap`(provider: String) throws {
    let channel = try Fixture.channel(provider)
    var random = SplitMix64(seed: 2026)
    let types = ["application/x-www-form-urlencoded", "application/json", "text/plain"]
    for round in 0..<10_000 {
      let bytes = random.bytes(upTo: 200)
      let text = String(decoding: bytes, as: UTF8.self)
      let isInURL = round.isMultiple(of: 4)
      let request = HTTPRequest(
        method: "POST", url: "https://h.example/hooks/main?" + (isInURL ? text : ""),
        headers: [
          HTTPHeader("Content-Type", types[round % 3]), HTTPHeader("X-Twilio-Signature", text),
        ], body: bytes)
      let verdict = Webhook.receive(request, on: channel, now: Self.now)
      #expect(verdict.events.isEmpty)
      let reading = try? channel.channel.events(in: Callback(request))
      #expect(reading == nil)
      let outcome = channel.channel.outcome(of: HTTPResponse(status: 201, body: bytes))
      guard case .unknown = outcome else {
        Issue.record("random bytes were taken for an accepted message")
        continue
      }
    }
  }

  @Test(arguments: channelKinds.map(\.provider))
  func `a channel that was made from settings carries its traits`(provider: String) throws {
    let channel = try Fixture.channel(provider)
    #expect(channel.traits.provider == provider)
    #expect(!channel.traits.schemes.isEmpty)
    #expect((200...299).contains(channel.traits.acknowledgement.status))
    #expect(channel.traits.isLocal || !channel.traits.redactions.isEmpty)
  }
}
