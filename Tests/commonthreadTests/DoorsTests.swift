import Foundation
import HTTP
import Testing

extension ProcessTests {
  /// What can be asked over HTTP, and what is answered to callers who mean no good.
  @Suite struct DoorsTests {
    private let landlord: Landlord
    private let serve: RunningServe
    private let account = Landlord.account
    private let person = "+447700900123"

    init() throws {
      landlord = try Landlord()
      serve = try RunningServe(landlord)
    }

    private func callback(_ fields: [(String, String)]) throws -> HTTPRequest {
      try account.callback(to: account.webhookURL, fields, port: serve.port)
    }

    private func post(_ request: HTTPRequest) -> Int? {
      serve.post("/hooks/main", request.body, headers: request.headers)?.status
    }

    private func metric(_ name: String) -> String? {
      let text = String(decoding: serve.get("/metrics")?.body ?? [], as: UTF8.self)
      return text.split(separator: "\n").first { $0.hasPrefix("commonthread_\(name) ") }
        .map { String($0.dropFirst("commonthread_\(name) ".count)) }
    }

    @Test func `a wrong signature is refused and kept apart`() throws {
      var request = try callback(
        account.fields(from: person, body: "ECHO red", sid: TwilioDouble.sid(1)))
      for index in request.headers.indices where request.headers[index].name.hasPrefix("X-") {
        request.headers[index].value = "AAAAAAAAAAAAAAAAAAAAAAAAAAA="
      }
      #expect(post(request) == 403)
      request.headers.removeAll { $0.name.hasPrefix("X-") }
      #expect(post(request) == 403)
      #expect(try landlord.messages().isEmpty)
      #expect(metric("quarantined") == "2")
    }

    @Test func `a body that was changed on its way is refused`() throws {
      var request = try callback(
        account.fields(from: person, body: "ECHO red", sid: TwilioDouble.sid(1)))
      request.body = Array(
        String(decoding: request.body, as: UTF8.self)
          .replacingOccurrences(of: "red", with: "rad").utf8)
      #expect(post(request) == 403)
      #expect(try landlord.messages().isEmpty)
    }

    @Test func `a message that comes again is acknowledged and has no second effect`() throws {
      let request = try callback(
        account.fields(from: person, body: "ECHO red", sid: TwilioDouble.sid(1)))
      for _ in 0..<3 { #expect(post(request) == 200) }
      #expect(try eventually { try landlord.messages().first?.status == "handled" })
      // Another message after them is handled after them: what they could do is done.
      let last = try callback(
        account.fields(from: person, body: "ECHO blue", sid: TwilioDouble.sid(2)))
      #expect(post(last) == 200)
      #expect(try eventually { try landlord.messages().contains { $0.text.contains("blue.") } })
      let messages = try landlord.messages()
      #expect(messages.filter { $0.text == "ECHO red" }.count == 1)
      #expect(messages.filter { $0.text.contains("We heard red.") }.count == 1)
    }

    @Test func `an authentic callback that makes no sense is acknowledged and given to staff`()
      throws
    {
      let request = try callback([("AccountSid", account.sid), ("Weather", "rain")])
      #expect(post(request) == 200)
      #expect(try landlord.messages().isEmpty)
      #expect(metric("cases_open") == "1")
      #expect(metric("quarantined") == "0")
    }

    @Test func `a callback of somebody else's account is refused`() throws {
      var fields = account.fields(from: person, body: "ECHO red", sid: TwilioDouble.sid(1))
      fields.removeAll { $0.0 == "AccountSid" }
      fields.append(("AccountSid", "AC" + String(repeating: "f", count: 32)))
      #expect(post(try callback(fields)) == 403)
      #expect(try landlord.messages().isEmpty)
    }

    @Test func `a body over the limit is answered so that a provider brings it again`() {
      let tooLong = [UInt8](repeating: 0x61, count: 3 << 20 + 1)
      #expect(serve.post("/hooks/main", tooLong)?.status == 503)
      #expect(serve.post("/api", [UInt8](repeating: 0x61, count: 1 << 17))?.status == 413)
    }

    @Test(arguments: ["/hooks", "/hooks/", "/hooks/other", "/nothing", "/.env", "/phone"])
    func `a path that is not there is 404`(path: String) {
      #expect(serve.post(path, Array("a=b".utf8))?.status == 404)
      #expect(serve.get(path)?.status == 404)
    }

    @Test func `the process says that it is up and can store`() {
      #expect(serve.status(of: "/healthz") == 200)
      #expect(serve.status(of: "/readyz") == 200)
      #expect(serve.post("/healthz", [])?.status == 404)
    }

    @Test func `the metrics and the log hold no number and no word of anybody`() throws {
      let words = "xylophone"
      for number in 1...3 {
        let request = try callback(
          account.fields(
            from: person, body: "ECHO \(words)", sid: TwilioDouble.sid(UInt64(number))))
        #expect(post(request) == 200)
      }
      #expect(post(try callback([("AccountSid", account.sid), ("Body", words)])) == 200)
      #expect(
        try eventually { try landlord.messages().filter { $0.status == "handled" }.count == 3 })
      let response = try #require(serve.get("/metrics"))
      #expect(response.status == 200)
      #expect(response.headers["Content-Type"]?.hasPrefix("text/plain") == true)
      #expect(serve.terminate() == 0)
      let shown =
        String(decoding: response.body, as: UTF8.self) + serve.process.out + serve.process.error
      #expect(shown.contains("commonthread_inbound{state=\"handled\"} 3"))
      for secret in ["7700", words, account.authToken] { #expect(!shown.contains(secret)) }
    }
  }
}
