import HTTP
import Testing

extension ProcessTests {
  /// A disk that takes no more.
  @Suite struct StorageFailureTests {
    @Test func `what cannot be stored is not acknowledged, and the process ends by itself`() throws
    {
      let twilio = try TwilioDouble(Landlord.account)
      let landlord = try Landlord(.init(apiURL: twilio.apiURL))
      // A file of at most 1 MiB: the write-ahead log meets that first.
      let serve = try RunningServe(landlord, .init(fileBlocks: 2048))
      twilio.connect(to: serve.port)
      var acknowledged: [String] = []
      var refused = 0
      var number: UInt64 = 0
      while refused < 20, number < 5000 {
        number += 1
        let sid = TwilioDouble.sid(number)
        let from = "+447700900\(100 + number % 800)"
        let status = try twilio.receive(from: from, body: "ECHO no\(number)", sid: sid)
        if let status, (200..<300).contains(status) {
          #expect(refused == 0, "a message was acknowledged after one that could not be stored")
          acknowledged.append(sid)
        } else {
          #expect(status == 503)
          refused += 1
        }
      }
      #expect(refused == 20)
      #expect(acknowledged.count > 5)
      #expect(serve.status(of: "/readyz") == 503)
      #expect(serve.status(of: "/healthz") == 200)
      #expect(serve.process.exit(within: .seconds(30)) == 1)

      let again = try RunningServe(landlord)
      twilio.connect(to: again.port)
      let stored = try landlord.messages().filter { !$0.isOutbound }.flatMap(\.providerIDs)
      #expect(Set(stored).count == stored.count)
      #expect(Set(acknowledged).isSubset(of: stored))
      #expect(again.terminate() == 0)
    }
  }
}
