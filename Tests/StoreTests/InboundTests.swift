import Messaging
import Store
import Testing

@Suite struct InboundTests {
  @Test func `a provider's id is taken once in a channel`() throws {
    let shop = try Shop()
    let taken = try shop.write { transaction in
      [
        try transaction.addOnce(Shop.inbound(1, providerID: "SM1")),
        try transaction.addOnce(Shop.inbound(2, providerID: "SM1")),
        try transaction.addOnce(Shop.inbound(3, channel: "other", providerID: "SM1")),
        try transaction.addOnce(Shop.inbound(4, providerID: "sm1")),
      ]
    }
    #expect(taken == [true, false, true, true])
    let words = try shop.write { try $0.inboundWords(Shop.id(1)) }
    #expect(words?.text == "text 1")
    #expect(words?.sender == Shop.resident)
    #expect(words?.hasMedia == false)
    #expect(try shop.write { try $0.inboundWords(Shop.id(2)) } == nil)
  }

  @Test func `the messages of one sender since an instant are counted`() throws {
    let shop = try Shop()
    try shop.write { transaction in
      for number in 1...5 { _ = try transaction.addOnce(Shop.inbound(number)) }
      _ = try transaction.addOnce(Shop.inbound(6, from: Shop.person(1)))
    }
    let since = { @Sendable (number: Int) in Shop.now + .milliseconds(number) }
    #expect(try shop.write { try $0.inboundCount(from: Shop.resident, since: since(0)) } == 5)
    #expect(try shop.write { try $0.inboundCount(from: Shop.resident, since: since(4)) } == 2)
    #expect(try shop.write { try $0.inboundCount(from: Shop.person(2), since: since(0)) } == 0)
  }

  @Test func `a stored sender that is no address is an error, not a crash`() throws {
    let shop = try Shop()
    try shop.write { transaction in
      _ = try transaction.addOnce(Shop.inbound(1))
      try transaction.run("UPDATE inbound SET sender = 'nonsense'")
    }
    #expect(throws: (any Error).self) { try shop.write { try $0.inboundWords(Shop.id(1)) } }
  }

  @Test func `media, choices and raw words are kept`() throws {
    let shop = try Shop()
    var record = Shop.inbound(1)
    record.message.media = [.init(url: "https://m.example/1", type: "image/png")]
    record.message.choice = "yes"
    let stored = record
    try shop.write { _ = try $0.addOnce(stored) }
    let words = try shop.write { try $0.inboundWords(Shop.id(1)) }
    #expect(words?.hasMedia == true)
    #expect(words?.choice == "yes")
  }
}
