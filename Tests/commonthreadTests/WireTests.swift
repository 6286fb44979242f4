import Foundation
import HTTP
import Testing

extension ProcessTests {
  /// `commonthread wire`, by the examples of its contract.
  @Suite struct WireTests {
    private let account = Landlord.account

    private var channel: JSON {
      [
        "provider": "twilio", "number": .string(account.number),
        "accountSID": .string(account.sid), "authToken": .string(account.authToken),
      ]
    }

    private func line(_ members: [JSON.Member]) -> JSON {
      .object(
        [
          JSON.Member("channel", channel), JSON.Member("publicURL", "https://h.example"),
          JSON.Member("now", "2026-11-21T09:00:00Z"),
        ] + members)
    }

    private func answer(_ line: JSON) throws -> JSON {
      let run = try CommandRun(["wire"], in: try Landlord(), input: line.text + "\n")
      #expect(run.status == 0)
      #expect(run.error == "")
      let lines = try run.jsonLines()
      try #require(lines.count == 1)
      return lines[0]
    }

    private func receiving(_ request: HTTPRequest, url: String) -> JSON {
      line([
        JSON.Member("id", "1"), JSON.Member("path", "/hooks/main"),
        JSON.Member(
          "receive",
          [
            "method": .string(request.method), "url": .string(url),
            "headers": .array(request.headers.map { [.string($0.name), .string($0.value)] }),
            "body": .string(String(decoding: request.body, as: UTF8.self)),
          ]),
      ])
    }

    @Test func `a recorded webhook is read again`() throws {
      let owner = TwilioAccount(
        sid: account.sid, authToken: account.authToken, number: account.number,
        publicURL: "https://h.example", channel: "main")
      let url = "https://h.example/hooks/main?x=1"
      let fields = owner.fields(from: "+447700900123", body: "2", sid: TwilioDouble.sid(7))
      var request = try owner.callback(to: url, fields, port: 1)
      let accepted = try answer(receiving(request, url: url))
      #expect(accepted["id"]?.string == "1")
      #expect(accepted["verdict"]?.string == "accepted")
      #expect(accepted["reason"]?.isNull == true)
      #expect(accepted["reply"]?["status"]?.integer == 200)
      #expect(accepted["reply"]?["body"]?.string == "<Response/>")
      let event = try #require(accepted["events"]?[0])
      #expect(accepted["events"]?.array?.count == 1)
      #expect(event["kind"]?.string == "message")
      #expect(event["providerID"]?.string == TwilioDouble.sid(7))
      #expect(event["from"]?.string == "tel:+447700900123")
      #expect(event["to"]?.string == "tel:+447700900001")
      #expect(event["text"]?.string == "2")
      #expect(event["media"] == [])
      for key in ["at", "choice", "part"] { #expect(event[key]?.isNull == true) }

      request.body += Array("&Body=3".utf8)
      let refused = try answer(receiving(request, url: url))
      #expect(refused["verdict"]?.string == "refused")
      #expect(refused["reason"]?.string == "bad-signature")
      #expect(refused["reply"]?["status"]?.integer == 403)
      #expect(refused["events"] == [])
    }

    private func sending(_ more: [JSON.Member]) -> JSON {
      line(
        [
          JSON.Member("id", "2"),
          JSON.Member(
            "send",
            [
              "to": "tel:+447700900123", "text": "Does it shut? 1 Yes 2 No",
              "reference": "our attempt",
            ]),
        ] + more)
    }

    @Test func `what would be sent is what Twilio takes`() throws {
      let out = try answer(sending([]))
      #expect(out["id"]?.string == "2")
      #expect(out["parts"]?.integer == 1)
      let request = try #require(out["requests"]?[0])
      #expect(out["requests"]?.array?.count == 1)
      let url = try #require(request["url"]?.string.flatMap(URLParts.init))
      #expect(url.host == "api.twilio.com")
      let headers = (request["headers"]?.array ?? []).compactMap { pair in
        pair[0]?.string.flatMap { name in pair[1]?.string.map { HTTPHeader(name, $0) } }
      }
      let taken = try TwilioMessageRequest(
        HTTPRequest(
          method: try #require(request["method"]?.string), url: url.path, headers: headers,
          body: Array(try #require(request["body"]?.string).utf8)), to: account)
      #expect(taken.to == "+447700900123")
      #expect(taken.body == "Does it shut? 1 Yes 2 No")
      #expect(taken.reference == "our attempt")
    }

    @Test(arguments: [
      (201, #"{"sid":"SM00000000000000000000000000000001","status":"queued"}"#, "accepted"),
      (201, "<p>", "unknown"), (500, #"{"code":20500,"status":500}"#, "unknown"),
      (503, #"{"code":20503,"status":503}"#, "retry"),
      (429, #"{"code":20429,"status":429}"#, "retry"),
      (400, #"{"code":21211,"status":400}"#, "refused"),
    ])
    func `an answer is judged`(status: Int64, body: String, state: String) throws {
      let responses: JSON = [
        ["status": .integer(status), "headers": [], "body": .string(body)]
      ]
      let out = try answer(sending([JSON.Member("responses", responses)]))
      #expect(out["outcome"]?["state"]?.string == state)
    }

    @Test(arguments: [
      ("timeout", "unknown"), ("reset", "unknown"), ("refused-connection", "retry"),
    ])
    func `a broken exchange is judged`(transport: String, state: String) throws {
      let out = try answer(sending([JSON.Member("transport", .string(transport))]))
      #expect(out["outcome"]?["state"]?.string == state)
    }
  }
}
