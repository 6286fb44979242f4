import Channels
import Engine
import HTTP
import Messaging
import Store
import Testing

@testable import Gateway

@Suite struct ReceiverTests {
  @Test func `a text is stored before it is acknowledged, and waits for the handler`() throws {
    let world = try GatewayWorld()
    let request = try Provider.callback(
      Provider.message("fire door", from: "+447700900123", sid: "SM1"), to: "/hooks/main")
    let result = world.receiver.receive(request)
    #expect(result.reply.status == 200)
    #expect(result.hasWork)
    #expect(try world.count("SELECT count(*) FROM callbacks") == 1)
    #expect(try world.count("SELECT count(*) FROM inbound WHERE status = 'received'") == 1)
    #expect(try world.count("SELECT count(*) FROM events") == 1)
    #expect(try world.outbox().isEmpty)
  }

  @Test func `a forged text is answered 403 and only quarantined`() throws {
    let world = try GatewayWorld()
    let request = try Provider.callback(
      Provider.message("STOP", from: "+447700900123", sid: "SM1"), to: "/hooks/main",
      token: "a token that is not ours")
    let result = world.receiver.receive(request)
    #expect(result.reply.status == 403)
    #expect(!result.hasWork)
    #expect(try world.count("SELECT count(*) FROM quarantine WHERE reason = 'bad-signature'") == 1)
    for sql: StaticString in [
      "SELECT count(*) FROM callbacks", "SELECT count(*) FROM inbound",
      "SELECT count(*) FROM events", "SELECT count(*) FROM seen", "SELECT count(*) FROM optouts",
      "SELECT count(*) FROM cases",
    ] {
      #expect(try world.count(sql) == 0)
    }
  }

  @Test func `a text that the provider brings again and again has one effect`() throws {
    let world = try GatewayWorld()
    for _ in 0..<5 { #expect(try world.text("fire door", sid: "SM1") == 200) }
    try world.handle()
    #expect(try world.text("fire door", sid: "SM1") == 200)
    try world.handle()
    #expect(try world.outbox().count == 1)
    #expect(try world.count("SELECT count(*) FROM inbound") == 1)
  }

  @Test func `two channels may use the same id`() throws {
    let world = try GatewayWorld()
    try world.text("fire door", sid: "SM1")
    let body = #"{"id":"SM1","from":"+447700900124","text":"fire door"}"#
    let phone = world.receiver.receive(
      HTTPRequest(
        method: "POST", url: "/hooks/phone",
        headers: [HTTPHeader("Content-Type", "application/json")], body: Array(body.utf8)))
    #expect(phone.reply.status == 204)
    #expect(try world.count("SELECT count(*) FROM inbound") == 2)
  }

  @Test func `an authentic callback that makes no sense is kept, shown and acknowledged`() throws {
    let world = try GatewayWorld()
    let request = try Provider.callback(
      [("AccountSid", Provider.accountSID), ("Body", "hello")], to: "/hooks/main")
    #expect(world.receiver.receive(request).reply.status == 200)
    #expect(try world.count("SELECT count(*) FROM callbacks WHERE reason = 'malformed'") == 1)
    #expect(try world.cases() == [.callback])
    #expect(try world.count("SELECT count(*) FROM events") == 0)
  }

  @Test func `an authentic callback that says nothing for us is kept and acknowledged`() throws {
    let world = try GatewayWorld()
    #expect(try world.receipt("partially_delivered", sid: "SM1") == 200)
    #expect(try world.count("SELECT count(*) FROM callbacks WHERE reason = 'unknown-status'") == 1)
    #expect(try world.cases().isEmpty)
  }

  @Test(arguments: [false, true])
  func `a store that fails answers 503 and acknowledges nothing`(isForged: Bool) throws {
    let world = try GatewayWorld(isOnFile: true)
    let request = try Provider.callback(
      Provider.message("fire door", from: "+447700900123", sid: "SM1"), to: "/hooks/main",
      token: isForged ? "another" : Provider.token)
    world.faults.fail(at: 1)
    for _ in 0..<3 {
      let reply = world.receiver.receive(request).reply
      #expect(reply.status == 503)
      #expect(reply.headers["Retry-After"] == "5")
    }
    world.faults.forget()
    try world.restart()
    #expect(try world.count("SELECT count(*) FROM inbound") == 0)
    #expect(try world.count("SELECT count(*) FROM quarantine") == 0)
    #expect(world.receiver.receive(request).reply.status == (isForged ? 403 : 200))
    try world.handle()
    #expect(try world.outbox().count == (isForged ? 0 : 1))
  }

  @Test(arguments: ["/hooks/other", "/hooks/", "/hooks", "/", "", "/hook/main", "//hooks"])
  func `a path that is no channel's is answered 404`(path: String) throws {
    let world = try GatewayWorld()
    let result = world.receiver.receive(HTTPRequest(method: "POST", url: path))
    #expect(result.reply.status == 404)
    #expect(try world.count("SELECT count(*) FROM callbacks") == 0)
    #expect(try world.count("SELECT count(*) FROM quarantine") == 0)
  }

  @Test(arguments: [
    "STOP", "stop", " Stop. ", "ＳＴＯＰ", "𝐒𝐓𝐎𝐏", "S\u{200B}TOP", "ЅТОР", "stop all", "koniec",
  ])
  func `an exact STOP is recorded in the commit that stores it`(words: String) throws {
    let world = try GatewayWorld()
    try world.text(words)
    let optOut = try #require(try world.optOut())
    #expect(!optOut.isCarrier)
    #expect(try world.count("SELECT count(*) FROM events") == 1)
  }

  @Test func `every word on which the provider blocks us is a STOP for us too`() throws {
    let world = try GatewayWorld()
    let channel = try #require(world.settings.channels["main"])
    #expect(!channel.traits.optOutWords.isEmpty)
    for (number, word) in channel.traits.optOutWords.enumerated() {
      let sender = Address(scheme: .tel, value: "+4477009002\(10 + number)")
      try world.text(word.lowercased(), from: sender)
      #expect(try world.optOut(of: sender) != nil, "\(word)")
    }
  }

  @Test(arguments: ["stop the noise at 2am", "please stop texting me", "start", "non-stop", ""])
  func `other words are no exact STOP`(words: String) throws {
    let world = try GatewayWorld()
    try world.text(words)
    #expect(try world.optOut() == nil)
  }

  @Test func `an opt-out that the provider reports is recorded at once, as a block`() throws {
    let world = try GatewayWorld()
    try world.text("Please go away", more: [("OptOutType", "STOP")])
    #expect(try #require(try world.optOut()).isCarrier)
    try world.handle()
    #expect(try #require(try world.optOut()).isCarrier)
  }

  @Test func `an opt-in that the provider reports lifts the opt-out when its turn comes`() throws {
    let world = try GatewayWorld()
    try world.text("STOP", more: [("OptOutType", "STOP")])
    try world.text("START", more: [("OptOutType", "START")])
    #expect(try world.optOut() != nil)
    try world.handle()
    #expect(try world.optOut() == nil)
  }
}
