import Foundation
import HTTP
import Testing

@testable import commonthread

extension ProcessTests {
  /// `send --file`, with and without a `serve` that runs.
  @Suite struct SendingOfListTests {
    private let twilio: TwilioDouble
    private let landlord: Landlord

    init() throws {
      twilio = try TwilioDouble(Landlord.account)
      landlord = try Landlord(.init(apiURL: twilio.apiURL))
    }

    @Test func `a list goes out once to each through the serve that runs`() throws {
      let serve = try RunningServe(landlord)
      twilio.connect(to: serve.port)
      let numbers = (100..<900).map { "+447700900\($0)" }
      try landlord.write(
        "Number,Text\n" + numbers.joined(separator: "\n") + "\n07700 900100,\n", to: "list.csv")
      let run = try send("The lift works again.")
      #expect(run.status == 0)
      #expect(run.out == "800 messages, 800 parts: on their way.\n")
      #expect(run.error.contains("Line 802: a number that stood above"))
      #expect(eventually { twilio.deliveries.count == 800 })
      #expect(Set(twilio.deliveries.map(\.to)) == Set(numbers))
      #expect(twilio.deliveries.allSatisfy { $0.body == "The lift works again." })
    }

    @Test func `with none running it waits in the outbox, each with a text of its own`() throws {
      try landlord.write("07700900123,\"One, two\"\n07700900124,Three\n", to: "list.csv")
      let run = try send(nil, "--json")
      #expect(run.status == 0)
      let summary = #"{"queued":2,"parts":2,"optedOut":0,"repeated":0,"isRunning":false}"#
      #expect(run.out == summary + "\n")
      let log = try landlord.messages()
      #expect(log.map(\.status) == ["queued", "queued"])
      #expect(Set(log.map(\.text)) == ["One, two", "Three"])
    }

    @Test func `one wrong line queues nothing, with or without serve`() throws {
      try landlord.write("07700900123\n0770090012\n07700900124\n", to: "list.csv")
      for isServing in [false, true] {
        let serve = isServing ? try RunningServe(landlord) : nil
        let run = try send("Hello")
        #expect(run.status == 1)
        #expect(run.out == "")
        #expect(run.error.contains("Line 2: "))
        #expect(run.error.contains("Nothing was queued"))
        let isThere = FileManager.default.fileExists(atPath: landlord.database)
        #expect(isThere == isServing)
        #expect(try !isThere || landlord.messages().isEmpty)
        _ = serve?.terminate()
      }
    }

    @Test func `who has texted STOP is queued, counted, and held back by the claim`() throws {
      let serve = try RunningServe(landlord)
      twilio.connect(to: serve.port)
      let sid = TwilioDouble.sid(1)
      #expect(try twilio.receive(from: "+447700900123", body: "Stop", sid: sid) == 200)
      try landlord.write("07700900123\n07700900124\n", to: "list.csv")
      let run = try send("Hello")
      #expect(run.status == 0)
      #expect(run.out.contains("1 are for people who have texted STOP"))
      #expect(
        try eventually {
          try landlord.messages().filter(\.isOutbound).map(\.status).sorted()
            == ["delivered", "suppressed"]
        })
      #expect(twilio.deliveries.map(\.to) == ["+447700900124"])
    }

    @Test func `a list that is cut off on its way to serve leaves nothing`() throws {
      let serve = try RunningServe(landlord)
      let some: JSON = ["command": "list", "to": ["tel:+447700900123"], "texts": ["Hello"]]
      let path = landlord.database + ".sock"
      #expect(try CommandSocket.ask(some, at: path) == [:])
      // Another connection knows nothing of it, and neither does a count that is wrong.
      let end: JSON = ["command": "sendList", "count": 1]
      #expect(try CommandSocket.ask(end, at: path)?["error"]?.string != nil)
      guard let caller = CommandSocket.Caller(path: path) else { throw Missing("the socket") }
      let uneven: JSON = ["command": "list", "to": ["tel:+447700900123"], "texts": []]
      let wrong: JSON = ["command": "sendList", "count": 2]
      let answers = [
        try caller.ask(some), try caller.ask(wrong), try caller.ask(end), try caller.ask(uneven),
      ]
      #expect(answers.map { $0["error"] != nil } == [false, true, true, true])
      #expect(try landlord.messages().isEmpty)
      #expect(serve.terminate() == 0)
    }

    private func send(_ text: String?, _ flags: String...) throws -> CommandRun {
      let words = ["send", "--file", "list.csv"] + (text.map { [$0] } ?? []) + flags
      return try CommandRun(words + ["--config", landlord.configuration], in: landlord)
    }
  }
}
