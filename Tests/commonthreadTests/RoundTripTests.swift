import Foundation
import HTTP
import Testing

extension ProcessTests {
  /// A message's whole way, through real sockets and processes.
  @Suite struct RoundTripTests {
    @Test func `a signed text becomes a reply at the provider and a delivered message in the log`()
      throws
    {
      let twilio = try TwilioDouble(Landlord.account)
      let landlord = try Landlord(.init(apiURL: twilio.apiURL))
      let serve = try RunningServe(landlord)
      twilio.connect(to: serve.port)

      let sid = TwilioDouble.sid(1)
      #expect(try twilio.receive(from: "+447700900123", body: "ECHO teapot", sid: sid) == 200)
      #expect(eventually { twilio.reportedDelivered.count == 1 })
      #expect(
        try eventually { try landlord.messages().last?.status == "delivered" })

      let messages = try landlord.messages()
      try #require(messages.count == 2)
      let delivery = try #require(twilio.deliveries.first)
      #expect(twilio.deliveries.count == 1)
      #expect(twilio.refusals == [])
      #expect(delivery.to == "+447700900123")
      #expect(delivery.body.contains("We heard teapot."))

      #expect(!messages[0].isOutbound)
      #expect(messages[0].address == "tel:+447700900123")
      #expect(messages[0].text == "ECHO teapot")
      #expect(messages[0].providerIDs == [sid])
      #expect(messages[1].isOutbound)
      #expect(messages[1].address == "tel:+447700900123")
      #expect(messages[1].text == delivery.body)
      #expect(messages[1].providerIDs == [delivery.sid])
      let keys = [
        "id", "direction", "channel", "address", "text", "providerIDs", "status", "at",
      ]
      for message in messages { #expect(message.keys.sorted() == keys.sorted()) }
      #expect(serve.terminate() == 0)
    }
  }
}
