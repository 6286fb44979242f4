import Foundation
import HTTP
import Testing

extension ProcessTests {
  /// Commands as other processes, with and without a `serve` that runs.
  @Suite struct CommandTests {
    @Test func `a second serve on one database is refused at once`() throws {
      let landlord = try Landlord()
      let serve = try RunningServe(landlord)
      let began = ContinuousClock.now
      let second = try CommandRun("serve", of: landlord)
      #expect(ContinuousClock.now - began < .seconds(1))
      #expect(second.status == 1)
      #expect(second.out == "")
      #expect(second.error.contains("in use by another commonthread"))
      #expect(second.error.contains("Stop that one first"))
      #expect(second.error.split(separator: "\n").count == 1)
      #expect(serve.status(of: "/readyz") == 200)
      #expect(try CommandRun("reload", of: landlord).status == 0)
    }

    @Test func `send goes out through the serve that runs`() throws {
      let twilio = try TwilioDouble(Landlord.account)
      let landlord = try Landlord(.init(apiURL: twilio.apiURL))
      let serve = try RunningServe(landlord)
      twilio.connect(to: serve.port)
      let run = try CommandRun("send", "07700 900123", "The lift works again.", of: landlord)
      #expect(run.status == 0)
      #expect(run.out.hasSuffix(": on its way.\n"))
      #expect(run.error == "")
      #expect(eventually { twilio.deliveries.count == 1 })
      #expect(twilio.deliveries.first?.to == "+447700900123")
      #expect(twilio.deliveries.first?.body == "The lift works again.")
      #expect(
        try eventually { try landlord.messages().first?.status == "delivered" })
    }

    @Test func `what is sent while none runs goes out once when one starts`() throws {
      let twilio = try TwilioDouble(Landlord.account)
      let landlord = try Landlord(.init(apiURL: twilio.apiURL))
      let run = try CommandRun("send", "07700 900123", "It\u{2019}s fixed.", of: landlord)
      #expect(run.status == 0)
      #expect(run.out.hasSuffix(": it will go when serve runs.\n"))
      #expect(run.error.contains("Replaced 1"))
      #expect(try landlord.messages().map(\.status) == ["queued"])
      let listener = try ListenSocket()
      twilio.connect(to: listener.port)
      for _ in 0..<2 {
        let serve = try RunningServe(landlord, .init(listener: listener))
        #expect(try eventually { try landlord.messages().first?.status == "delivered" })
        #expect(serve.terminate() == 0)
      }
      #expect(twilio.deliveries.map(\.body) == ["It's fixed."])
    }

    @Test func `nothing is sent to somebody who texted STOP`() throws {
      let twilio = try TwilioDouble(Landlord.account)
      let landlord = try Landlord(.init(apiURL: twilio.apiURL))
      let serve = try RunningServe(landlord)
      twilio.connect(to: serve.port)
      let sid = TwilioDouble.sid(1)
      #expect(try twilio.receive(from: "+447700900123", body: "Stop", sid: sid) == 200)
      let run = try CommandRun("send", "07700 900123", "The lift works again.", of: landlord)
      #expect(run.status == 1)
      #expect(run.error.contains("has texted STOP"))
      #expect(serve.terminate() == 0)
      #expect(twilio.deliveries.isEmpty)
    }

    @Test func `reload takes up a changed conversation`() throws {
      let landlord = try Landlord()
      let serve = try RunningServe(landlord)
      #expect(try reply(to: "ECHO red", number: 1, serve) == "Elm Homes: We heard red.")
      let changed = Landlord.echo.replacingOccurrences(of: "We heard", with: "They said")
      try landlord.write(changed, to: "conversations/echo.txt")
      let run = try CommandRun("reload", of: landlord)
      #expect(run.status == 0)
      #expect(run.error == "")
      #expect(try reply(to: "ECHO red", number: 2, serve).hasSuffix("They said red."))
    }

    @Test func `a conversation with an error keeps its last good version, also after a restart`()
      throws
    {
      let landlord = try Landlord()
      let serve = try RunningServe(landlord)
      let broken = Landlord.echo.replacingOccurrences(of: "  end\n", with: "  ende\n")
      try landlord.write(broken, to: "conversations/echo.txt")
      let run = try CommandRun("reload", of: landlord)
      #expect(run.status == 1)
      #expect(run.error.contains("echo.txt"))
      #expect(run.error.contains("ende"))
      #expect(try reply(to: "ECHO red", number: 1, serve).hasSuffix("We heard red."))
      #expect(serve.terminate() == 0)
      let again = try RunningServe(landlord)
      #expect(again.process.error.contains("echo.txt"))
      #expect(try reply(to: "ECHO blue", number: 2, again).hasSuffix("We heard blue."))
    }

    @Test func `reload without a serve says so`() throws {
      let landlord = try Landlord()
      let run = try CommandRun("reload", of: landlord)
      #expect(run.status == 1)
      #expect(run.error.contains("No serve is running"))
    }

    @Test func `serve does not start without the gateway's own words`() throws {
      let landlord = try Landlord()
      try landlord.write("engine the words", to: "conversations/engine.txt")
      let run = try CommandRun("serve", of: landlord)
      #expect(run.status == 1)
      #expect(run.error.contains("engine.txt"))
      #expect(run.error.contains("commonthread check"))
    }

    @Test func `a new conversation with an error does not keep the others from serving`() throws {
      let landlord = try Landlord()
      try landlord.write("conversation Broken", to: "conversations/broken.txt")
      let serve = try RunningServe(landlord)
      #expect(serve.process.error.contains("broken.txt"))
      #expect(try reply(to: "ECHO red", number: 1, serve).hasSuffix("We heard red."))
    }

    /// The words that are put into the outbox for a text of a person's own.
    private func reply(to text: String, number: UInt64, _ serve: RunningServe) throws -> String {
      let account = Landlord.account
      let person = "+44770090010\(number)"
      let request = try account.callback(
        to: account.webhookURL,
        account.fields(from: person, body: text, sid: TwilioDouble.sid(number)), port: serve.port)
      #expect(serve.post("/hooks/main", request.body, headers: request.headers)?.status == 200)
      var found: String?
      _ = try eventually {
        found = try serve.landlord.messages()
          .first { $0.isOutbound && $0.address == "tel:\(person)" }?.text
        return found != nil
      }
      return try #require(found)
    }
  }
}
