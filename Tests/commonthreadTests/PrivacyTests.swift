import Foundation
import Glibc
import HTTP
import Testing

extension ProcessTests {
  /// T19: no number and no word of a person's is anywhere but in the files that are for it.
  @Suite struct PrivacyTests {
    private static let people = ["+447700900987", "+447700900876"]
    private static let words = ["zanzibar", "quixotic"]

    @Test func `what people said and who they are is in no log and no metric`() throws {
      let twilio = try TwilioDouble(Landlord.account)
      let landlord = try Landlord(
        .init(apiURL: twilio.apiURL, hasJournal: true, dutyPhone: "+447700900002"))
      let serve = try RunningServe(landlord)
      twilio.connect(to: serve.port)
      try talk(to: serve, twilio)
      #expect(eventually { twilio.deliveries.contains { $0.to == "+447700900002" } })
      let metrics = String(decoding: serve.get("/metrics")?.body ?? [], as: UTF8.self)
      #expect(metrics.contains("commonthread_"))
      expectPrivate(metrics, "the metrics")
      try expectOwnersAlone(landlord)
      #expect(serve.terminate() == 0)
      expectPrivate(serve.process.out + serve.process.error, "the log")
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP])
    func `a crash prints nothing of it`(signal: Int32) throws {
      let landlord = try Landlord()
      let serve = try RunningServe(landlord)
      try talk(to: serve, nil)
      serve.process.signal(signal)
      #expect(serve.process.exit() == -signal)
      expectPrivate(serve.process.out + serve.process.error, "the crash")
    }

    @Test func `a database that fails is logged without it`() throws {
      let landlord = try Landlord()
      let serve = try RunningServe(landlord, .init(fileBlocks: 2048))
      var status: Int? = 200
      var number: UInt64 = 0
      while status == 200, number < 5000 {
        number += 1
        status = try text(Self.words[0] + " \(number)", from: Self.people[0], number, serve)
      }
      #expect(status == 503)
      #expect(serve.process.exit(within: .seconds(30)) == 1)
      #expect(!serve.process.error.isEmpty)
      expectPrivate(serve.process.out + serve.process.error, "the log of a failure")
    }

    /// A conversation with all that can go wrong in it.
    private func talk(to serve: RunningServe, _ twilio: TwilioDouble?) throws {
      for (index, body) in [
        "ECHO zanzibar", "quixotic zanzibar", "There is a fire, zanzibar!", "STOP", "START",
        "ECHO", "quixotic", String(repeating: "quixotic ", count: 170), "zanzibar\n\0\u{1F525}",
      ].enumerated() {
        let sid = UInt64(index + 1)
        #expect(try text(body, from: Self.people[index % 2], sid, serve) == 200)
      }
      // A wrong signature, a body that is no form, and an authentic one that makes no sense.
      let account = Landlord.account
      let fields = account.fields(
        from: Self.people[0], body: "zanzibar", sid: TwilioDouble.sid(99))
      var forged = try account.callback(to: account.webhookURL, fields, port: serve.port)
      forged.body += Array("&x=quixotic".utf8)
      #expect(serve.post("/hooks/main", forged.body, headers: forged.headers)?.status == 403)
      _ = serve.post("/hooks/main?\(Self.words[1])=1", Array("zanzibar".utf8))
      _ = serve.post("/hooks/zanzibar", Array("zanzibar".utf8))
      _ = serve.get("/zanzibar?from=\(Self.people[0])")
      let odd = try account.callback(
        to: account.webhookURL, [("From", Self.people[0]), ("Body", "zanzibar")], port: serve.port)
      #expect(serve.post("/hooks/main", odd.body, headers: odd.headers)?.status == 200)
      let sent = try CommandRun("send", Self.people[0], "quixotic zanzibar", of: serve.landlord)
      #expect(sent.status == 0)
      #expect(try CommandRun("reload", of: serve.landlord).status == 0)
    }

    private func text(
      _ body: String, from person: String, _ number: UInt64, _ serve: RunningServe
    ) throws -> Int? {
      let account = Landlord.account
      let fields = account.fields(from: person, body: body, sid: TwilioDouble.sid(number))
      let request = try account.callback(to: account.webhookURL, fields, port: serve.port)
      return serve.post("/hooks/main", request.body, headers: request.headers)?.status
    }

    private func expectPrivate(_ output: String, _ place: String) {
      let secrets =
        Self.words + Self.people.map { String($0.suffix(9)) } + [Landlord.account.authToken]
      for secret in secrets {
        #expect(!output.lowercased().contains(secret), "\(place) holds \(secret)")
      }
    }

    /// Everything that `serve` made is for its owner alone.
    private func expectOwnersAlone(_ landlord: Landlord) throws {
      let files = try FileManager.default.contentsOfDirectory(atPath: landlord.folder)
        .filter { $0.hasPrefix("landlord.sqlite") || $0 == "journal" }
      #expect(files.contains("journal"))
      #expect(files.contains("landlord.sqlite.sock"))
      for file in files {
        let found = try FileManager.default.attributesOfItem(atPath: "\(landlord.folder)/\(file)")
        #expect((found[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(file)")
      }
    }
  }
}
