import Foundation
import Glibc
import Support
import Testing

extension ProcessTests {
  /// T4: the process is killed at random instants under load, while the provider lies.
  ///
  /// `COMMONTHREAD_SEED` replays a run, as far as the machine's own timing allows.
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
      // So many people that none gets 60 replies a day, after which there are none.
      let habits = TextingResidents.Habits(
        numbersEach: max(100, RunSize.kills), stopPercent: 4, retry: .all, seed: seed)
      let residents = TextingResidents(habits, at: twilio)
      let began = ContinuousClock.now
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
      // The run was worth something: every lie was told, and texts came, went and were held back. A
      // few kills on a busy machine need not come to all of it.
      if RunSize.kills >= 100 {
        #expect(twilio.liesTold == Set(TwilioLie.allCases), replay)
        #expect(texts.count { $0.acknowledged != nil } > 500, replay)
        for status in ["delivered", "unknown", "suppressed"] {
          #expect(log.contains { $0.isOutbound && $0.status == status }, replay)
        }
      }
      #expect(serve.terminate() == 0, replay)
      let unknown = log.count { $0.isOutbound && $0.status == "unknown" }
      proven(
        "\(RunSize.kills) kills in \((ContinuousClock.now - began).components.seconds) s, seed \(seed): "
          + "\(texts.count { $0.acknowledged != nil }) texts acknowledged and none lost, "
          + "\(twilio.deliveries.count) messages on handsets and none twice, \(unknown) shown as "
          + "unknown, none after STOP, \(reported.count) reported and shown as delivered.")
    }

    /// Starts it and kills it a while later: every other time while it starts and settles what the
    /// kill before left, else while it works.
    private func killAgainAndAgain(
      _ landlord: Landlord, _ listener: ListenSocket, seed: UInt64
    ) throws {
      var random = SplitMix64(seed: seed, for: "kills")
      for round in 0..<RunSize.kills {
        let process = try RunningServe.spawn(landlord, .init(listener: listener))
        poll(nil, 0, Int32.random(in: round % 2 == 0 ? 10...200 : 100...800, using: &random))
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
