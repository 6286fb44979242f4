import Support
import Testing

extension ProcessTests {
  /// T14, P19: the provider is down while a broadcast waits and residents go on texting.
  @Suite struct ProviderDownTests {
    @Test(arguments: TwilioDouble.Outage.allCases)
    func `all that waited goes once when the provider is back`(outage: TwilioDouble.Outage) throws {
      let seed = SplitMix64.chosenSeed
      let twilio = try TwilioDouble(Landlord.account, outage: outage)
      let landlord = try Landlord(.init(apiURL: twilio.apiURL))
      let listener = try ListenSocket()
      twilio.connect(to: listener.port)
      let serve = try RunningServe(landlord, .init(listener: listener))
      // Nobody of the broadcast texts, and hardly anybody twice: for a minute what is unknown would
      // hold back what follows.
      let people = (100_000..<(100_000 + RunSize.queue)).map { TextingResidents.number($0) }
      try landlord.write(people.joined(separator: "\n"), to: "list.csv")
      let list = landlord.folder + "/list.csv"
      #expect(try CommandRun("send", "--file", list, "The water is off.", of: landlord).status == 0)

      let residents = TextingResidents(
        .init(textsPerSecond: 50, numbersEach: 10_000, seed: seed), at: twilio)
      #expect(eventually { residents.acknowledgedCount >= 100 })
      let texts = residents.stop()
      #expect(texts.allSatisfy { $0.acknowledged != nil })
      #expect(twilio.deliveryCount == 0)
      twilio.recover()

      var log: [LogLine] = []
      let isOver = try eventually(within: .seconds(120)) {
        log = try landlord.messages()
        guard twilio.callbacksUnderWay == 0 else { return false }
        let reported = twilio.reportedDelivered
        return log.allSatisfy {
          ["handled", "unknown"].contains($0.status) || $0.showsWhatWasReported(reported)
        }
      }
      #expect(isOver, "\(Set(log.map(\.status)))")
      let sent = log.filter(\.isOutbound)
      let unknown = sent.count { $0.status == "unknown" }
      #expect(sent.count == RunSize.queue + texts.count)
      // What hung was asked for and never answered; nothing else is in doubt.
      #expect(outage == .hanging ? unknown <= 20 : unknown == 0)
      #expect(twilio.deliveryCount == sent.count - unknown)
      let audit = Audit(texts, log: log, deliveries: twilio.deliveries)
      #expect(audit.lostOrDoubled == [])
      #expect(audit.notAnsweredOnce == [])
      #expect(audit.doubledOrMisdirected == [])
      #expect(twilio.refusals == [])
      #expect(serve.terminate() == 0)
      let wait = texts.map(\.took).max() ?? .zero
      proven(
        "a provider that is \(outage) with \(RunSize.queue) messages waiting: \(texts.count) texts "
          + "taken in meanwhile, each within \(wait.milliseconds) ms; then "
          + "\(twilio.deliveryCount) messages sent once, \(unknown) unknown, none expired.")
    }
  }
}
