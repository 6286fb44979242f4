import Foundation
import Glibc
import Testing

extension ProcessTests {
  /// T4: the process is killed at random instants under load, while the provider lies.
  ///
  /// `COMMONTHREAD_SEED` replays a run, as far as the machine's own timing allows;
  /// `COMMONTHREAD_KILLS` is how often it is killed.
  @Suite struct CrashTests {
    @Test
    func `nothing acknowledged is lost and nobody is texted twice, however often it is killed`()
      throws
    {
      let seed = SplitMix64.chosenSeed
      let replay: Comment = "COMMONTHREAD_SEED=\(seed) replays this"
      let twilio = try TwilioDouble(Landlord.account, lies: TwilioLies(seed: seed, percent: 25))
      let landlord = try Landlord(.init(apiURL: twilio.apiURL, inFlight: 50))
      let listener = try ListenSocket()
      twilio.connect(to: listener.port)
      let residents = TextingResidents(.init(stopPercent: 4, retry: .all, seed: seed), at: twilio)
      try killAgainAndAgain(landlord, listener, seed: seed)

      let serve = try RunningServe(landlord, .init(listener: listener))
      let texts = residents.stop()
      twilio.heal()
      let rest = try settle(serve, twilio)
      #expect(rest == "", replay)

      let reported = twilio.reportedDelivered
      #expect(eventually { serve.metrics()["commonthread_events_waiting"] == 0 }, replay)
      let log = try landlord.messages()
      let audit = Audit(texts, log: log, deliveries: twilio.deliveries)
      #expect(audit.lostOrDoubled == [], replay)
      #expect(audit.unhandled == [], replay)
      #expect(audit.notAnsweredOnce == [], replay)
      #expect(audit.doubledOrMisdirected == [], replay)
      #expect(audit.afterStop == [], replay)
      #expect(audit.notShownDelivered(reported) == [], replay)
      #expect(twilio.refusals == [], replay)
      // The run was worth something: every lie was told, and texts came, went and were held back.
      #expect(twilio.liesTold == Set(TwilioLie.allCases), replay)
      #expect(texts.count { $0.acknowledged != nil } > 500, replay)
      for status in ["delivered", "unknown", "suppressed"] {
        #expect(log.contains { $0.isOutbound && $0.status == status }, replay)
      }
      #expect(serve.terminate() == 0, replay)
    }

    /// Starts it and kills it a while later, also before it is ready.
    private func killAgainAndAgain(
      _ landlord: Landlord, _ listener: ListenSocket, seed: UInt64
    ) throws {
      var random = SplitMix64(seed: seed, for: "kills")
      let wanted = ProcessInfo.processInfo.environment["COMMONTHREAD_KILLS"].flatMap { Int($0) }
      for _ in 0..<(wanted ?? 20) {
        let process = try RunningServe.spawn(landlord, .init(listener: listener))
        poll(nil, 0, Int32.random(in: 20...1000, using: &random))
        #expect(process.isRunning, "\(process.error)")
        process.signal(SIGKILL)
        #expect(process.exit() == -SIGKILL)
      }
    }

    /// Waits until all is done that can be done, and returns what is not; what follows a message of
    /// unknown end waits longer.
    private func settle(_ serve: RunningServe, _ twilio: TwilioDouble) throws -> String {
      var rest = ""
      _ = try eventually(within: .seconds(40)) {
        let metrics = serve.metrics()
        let claimed = metrics["commonthread_outbound{state=\"claimed\"}"] ?? 0
        let events = metrics["commonthread_events_waiting"] ?? -1
        rest = "claimed \(claimed), events \(events), callbacks \(twilio.callbacksUnderWay)"
        guard claimed == 0, events == 0, twilio.callbacksUnderWay == 0 else { return false }
        let log = try serve.landlord.messages()
        rest = Audit([], log: log, deliveries: []).waiting.joined(separator: " ")
        return rest.isEmpty
      }
      return rest
    }
  }
}
