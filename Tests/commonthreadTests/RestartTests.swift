import Glibc
import Support
import Testing

extension ProcessTests {
  /// T15, P2, P24: it is stopped and started again and again under load, as upgrades do, while the
  /// service manager keeps the listening socket.
  @Suite struct RestartTests {
    @Test func `restarts refuse nobody, lose nothing and leave nothing unknown`() throws {
      let seed = SplitMix64.chosenSeed
      let replay: Comment = "COMMONTHREAD_SEED=\(seed) replays this"
      let twilio = try TwilioDouble(Landlord.account)
      let landlord = try Landlord(.init(apiURL: twilio.apiURL, inFlight: 50))
      let listener = try ListenSocket()
      twilio.connect(to: listener.port)
      let habits = TextingResidents.Habits(
        textsPerSecond: 100, numbersEach: max(100, 2 * RunSize.restarts), retry: .all, seed: seed)
      let residents = TextingResidents(habits, at: twilio)

      var random = SplitMix64(seed: seed, for: "restarts")
      for _ in 0..<RunSize.restarts {
        let process = try start(landlord, listener, until: residents, &random)
        process.signal(SIGTERM)
        #expect(process.exit() == 0, "\(process.error)")
      }
      let byStop = try landlord.messages().filter(\.isOutbound).map(\.status)
      #expect(!byStop.contains("unknown"), replay)
      #expect(!byStop.contains("claimed"), replay)
      #expect(twilio.unansweredWebhooks == 0, replay)

      let kills = max(1, RunSize.restarts / 10)
      for _ in 0..<kills {
        let process = try start(landlord, listener, until: residents, &random)
        process.signal(SIGKILL)
        #expect(process.exit() == -SIGKILL)
      }
      let serve = try RunningServe(landlord, .init(listener: listener))
      let texts = residents.stop()
      #expect(twilio.refusedWebhooks == 0, replay)
      #expect(texts.allSatisfy { $0.acknowledged != nil }, replay)
      let sids = Set(texts.map(\.sid))
      var log: [LogLine] = []
      #expect(
        try eventually {
          log = try landlord.messages()
          return log.count { sids.isSuperset(of: $0.providerIDs) && $0.status == "handled" }
            == texts.count && twilio.callbacksUnderWay == 0
        }, replay)
      let audit = Audit(texts, log: log, deliveries: twilio.deliveries)
      #expect(audit.lostOrDoubled == [], replay)
      #expect(audit.notAnsweredOnce == [], replay)
      #expect(audit.doubledOrMisdirected == [], replay)
      #expect(twilio.refusals == [], replay)
      #expect(serve.terminate() == 0, replay)
      let waits = texts.map(\.took)
      proven(
        "\(RunSize.restarts) stops and \(kills) kills under 100 texts a second, seed \(seed): "
          + "\(texts.count) texts, all acknowledged and handled, none refused a connection, "
          + "\(twilio.unansweredWebhooks) tries reset by a kill and none by a stop, none unknown by "
          + "a stop, the longest wait \((waits.max() ?? .zero).milliseconds) ms.")
    }

    /// Starts it and returns when it has done some work: sometimes more, sometimes next to none.
    private func start(
      _ landlord: Landlord, _ listener: ListenSocket, until residents: TextingResidents,
      _ random: inout SplitMix64
    ) throws -> ChildProcess {
      let before = residents.acknowledgedCount
      let wanted = Int.random(in: 1...40, using: &random)
      let process = try RunningServe.spawn(landlord, .init(listener: listener))
      let hasWorked = eventually {
        residents.acknowledgedCount >= before + wanted || !process.isRunning
      }
      #expect(hasWorked && process.isRunning, "\(process.error)")
      return process
    }
  }
}
