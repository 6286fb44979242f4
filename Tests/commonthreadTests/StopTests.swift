import Glibc
import Support
import Testing

extension ProcessTests {
  /// P2, P24: stopping and starting again, as an upgrade does.
  @Suite struct StopTests {
    @Test func `a stop under load refuses nobody and leaves nothing unknown`() throws {
      let twilio = try TwilioDouble(Landlord.account)
      twilio.slowDown(to: 300)
      let landlord = try Landlord(.init(apiURL: twilio.apiURL, inFlight: 50))
      let listener = try ListenSocket()
      twilio.connect(to: listener.port)
      let first = try RunningServe(landlord, .init(listener: listener))
      let residents = TextingResidents(
        .init(textsPerSecond: 100, seed: SplitMix64.chosenSeed), at: twilio)
      #expect(eventually { twilio.deliveries.count > 30 })

      let began = ContinuousClock.now
      #expect(first.terminate() == 0)
      #expect(ContinuousClock.now - began < .seconds(45))
      let left = try landlord.messages().filter(\.isOutbound).map(\.status)
      #expect(!left.contains("claimed"))
      #expect(!left.contains("unknown"))
      #expect(!left.contains("refused"))

      let before = residents.acknowledgedCount
      let second = try RunningServe(landlord, .init(listener: listener))
      #expect(eventually { residents.acknowledgedCount > before + 20 })
      let texts = residents.stop()
      #expect(texts.allSatisfy { $0.acknowledged != nil })
      #expect(twilio.unansweredWebhooks == 0)
      #expect(
        try eventually {
          try landlord.messages().filter { $0.status == "delivered" }.count == texts.count
        })
      let audit = Audit(texts, log: try landlord.messages(), deliveries: twilio.deliveries)
      #expect(audit.lostOrDoubled == [])
      #expect(audit.notAnsweredOnce == [])
      #expect(audit.doubledOrMisdirected == [])
      #expect(second.terminate() == 0)
    }

    @Test func `an interrupt from the keyboard stops it too`() throws {
      let serve = try RunningServe(try Landlord())
      serve.process.signal(SIGINT)
      #expect(serve.process.exit() == 0)
    }

    @Test func `what a stop leaves can be opened again, and the command socket is gone`() throws {
      let landlord = try Landlord()
      for _ in 0..<2 {
        let serve = try RunningServe(landlord)
        #expect(serve.terminate() == 0)
        #expect(try CommandRun("reload", of: landlord).error.contains("No serve is running"))
        #expect(access(landlord.database + ".sock", F_OK) != 0)
      }
    }
  }
}
