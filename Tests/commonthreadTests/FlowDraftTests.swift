import Engine
import Foundation
import Support
import Testing

@testable import commonthread

@Suite struct FlowDraftTests {
  private static let shared: [(name: String, text: String)] = ["common-words.txt", "engine.txt"]
    .map { name in
      let path = Landlord.repository + "/conversations/" + name
      return (name, (try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
    }

  private func draft(_ export: String) throws -> FlowDraft {
    let flows = try Flow.flows(in: Array(export.utf8))
    return FlowDraft(try #require(flows.first), language: nil)
  }

  /// The errors of a draft.
  private func errors(_ text: String) -> [String] {
    Checker.check(files: Self.shared + [("welcome.txt", text)]) { "\($0.count)" }.findings
      .filter(\.isError).map(\.description)
  }

  @Test func `a flow becomes a conversation that can be read, and says what it lost`() throws {
    let draft = try draft(FlowExports.welcome)
    #expect(
      draft.text == """
        conversation: Welcome
        format: 1
        owner: Your Team
        class: engagement
        start when they text: HELLO
        start from: resident, staff
        languages: en, cy
        answers: named
        forget after: 4 days

        note: A draft from a flow. Read every line, name your team, and write examples.

        step start
          -> rents

        step rents
          ask rents: Hi {first name or "there"}! Do you rent from us?
            cy: Helo {first name or "there"}! Ydych chi'n rhentu?
            note: pl: Czesc!
            - yes: Yes (also yeah) -> people
              cy: Ydw
            - no: No -> part 6
              cy: Nac ydw
            not understood: Sorry, yes or no?
              cy: Sori, ydw neu nac ydw?
            not understood 3 times -> person
            no answer after 2 hours -> finish

        step people
          note: left out: The test has_pattern of “people”.
          ask people (number 1 to 12): How many live with you?
            cy: Faint sy'n byw gyda chi?
            not understood 1 times -> part 6
            no answer after 3 days -> finish
          when people is at least 1 and people is at most 2 -> part 5
          when people is at least 3 and people is at most 12 -> part 5
          otherwise -> part 6

        step part 5
          join tenants:
            - joined
            - already in
          note: left out: call_webhook.
          say: Thank you. That is {people or "-"} of you.

            See you @ the hall.
            cy: Diolch. {people or "-"} ohonoch.
          end

        step part 6
          hand over to Your Team: Not a tenant?

        step person
          hand over to Your Team: A reply was not understood.

        step finish
          end

        """)
    #expect(errors(draft.text) == [])
    #expect(draft.leftOut.count == 4)
    #expect(draft.leftOut.contains { $0.contains("call_webhook") })
    #expect(draft.leftOut.contains { $0.hasPrefix("The translation into pl: it lacks") })
  }

  @Test(arguments: [
    (#"{"type":"set_run_result","name":"Mood","value":"good"}"#, "set mood to \"good\"", 0),
    (#"{"type":"set_run_result","name":"Mood","value":"@contact.name"}"#, "note: left out", 1),
    (#"{"type":"set_contact_field","field":{"key":"x","name":"Size"},"value":"9"}"#, "set size", 0),
    (#"{"type":"set_contact_language","language":"cym"}"#, "set language cy:", 0),
    (#"{"type":"set_contact_language","language":"tlh"}"#, "note: left out", 1),
    (#"{"type":"remove_contact_groups","groups":[{"name":"A, b!"}]}"#, "leave a b:", 0),
    (#"{"type":"add_contact_groups","groups":[{"name":"@x"}]}"#, "join x:", 0),
    (#"{"type":"open_ticket","body":"Help {me}"}"#, "hand over to Your Team: Help (me)", 0),
    (#"{"type":"play_audio"}"#, "note: left out: play_audio.", 1),
    (#"{"type":"send_msg","text":"if you can: step in -> now\nsms: x\n- y"}"#, "If you can:", 0),
    (
      #"{"type":"send_msg","text":"Mail a@b.example or @@me @(upper(x)) @fields.age"}"#,
      "Mail a@b.example or @me (upper(x)) (age)", 2
    ),
    (
      #"{"type":"send_msg","text":"Look","attachments":["image:http://a.example/b.jpg"]}"#, "Look",
      1
    ),
    (#"7"#, "note: left out: An action without a type.", 1),
  ])
  func `an action has its counterpart, or a note`(action: String, line: String, lost: Int) throws {
    let draft = try draft(FlowExports.node([FlowExports.actions(action)]))
    #expect(draft.text.contains("  " + line) || draft.text.contains("  say: " + line))
    #expect(draft.leftOut.count == lost, "\(draft.leftOut)")
    #expect(errors(draft.text) == [])
  }

  @Test(arguments: [
    ("has_date", "[]", "(date)"), ("has_email", "[]", "(email)"), ("has_phone", "[]", "(phone)"),
    ("has_time", "[]", "(time)"), ("has_text", "[]", "(words up to 300)"),
    ("has_number", "[]", "(number 0 to 1000000)"), ("has_number_gt", "[\"5\"]", "(number 6 to"),
    ("has_number_lt", "[5]", "(number 0 to 4)"), ("has_number_eq", "[\"7\"]", "(number 7 to 8)"),
    ("has_only_text", "[\"Red\"]", "- good: Good (also red)"),
    ("has_pattern", "[\"a+\"]", "(words up to 300)"), ("has_only_phrase", "[\"stop\"]", "- good"),
  ])
  func `a test of a reply becomes a type of answer`(
    type: String, arguments: String, form: String
  ) throws {
    let question = """
      {"uuid":"q","actions":[{"type":"send_msg","uuid":"m","text":"Well?"}],
       "router":{"type":"switch","operand":"@input.text","wait":{"type":"msg"},
        "cases":[{"type":"\(type)","arguments":\(arguments),"category_uuid":"c"}],
        "categories":[{"uuid":"c","name":"Good","exit_uuid":"e"},{"uuid":"d","name":"Other","exit_uuid":"f"}],
        "default_category_uuid":"d"},"exits":[{"uuid":"e","destination_uuid":null},{"uuid":"f"}]}
      """
    let draft = try draft(FlowExports.node([question]))
    #expect(draft.text.contains(form))
    #expect(errors(draft.text) == [])
  }

  @Test func `a branch by an earlier answer is a when, any other is a note`() throws {
    let branch = """
      {"uuid":"n3","actions":[],"router":{"type":"switch","operand":"@results.rents",
        "cases":[{"type":"has_only_text","arguments":["Yes"],"category_uuid":"c1"}],
        "categories":[{"uuid":"c1","name":"Yes","exit_uuid":"e1"},{"uuid":"c2","name":"Other","exit_uuid":"e2"}],
        "default_category_uuid":"c2"},"exits":[{"uuid":"e1","destination_uuid":"n4"},{"uuid":"e2"}]}
      """
    let changed = FlowExports.welcome.replacingOccurrences(
      of: #"{"uuid":"n6","actions""#, with: branch + #",{"uuid":"n6","actions""#)
    let other = changed.replacingOccurrences(of: "@results.rents", with: "@contact.groups")
    let first = try draft(
      changed.replacingOccurrences(
        of: "\"uuid\":\"n3\",\"actions\":[{", with: "\"uuid\":\"n9\",\"actions\":[{"))
    #expect(first.text.contains("when rents is \"yes\" -> people\n  otherwise -> finish"))
    let second = try draft(
      other.replacingOccurrences(
        of: "\"uuid\":\"n3\",\"actions\":[{", with: "\"uuid\":\"n9\",\"actions\":[{"))
    #expect(second.text.contains("note: left out: A branch by @contact.groups"))
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"flows":[]}"#, #"{"flows":[{"action_sets":[]}]}"#, #"{"nodes":{}}"#,
    "{\"nodes\":[",
    #"{"flows":7}"#,
  ])
  func `what is no flow says so`(text: String) {
    #expect(throws: Flow.Fault.self) { try Flow.flows(in: Array(text.utf8)) }
  }

  @Test func `a file that is too large or too deep is refused`() {
    let large = [UInt8](repeating: 32, count: Flow.limit.bytes + 1)
    #expect(throws: Flow.Fault.self) { try Flow.flows(in: large) }
    let deep = Array((String(repeating: "[", count: 100_000)).utf8)
    #expect(throws: Flow.Fault.self) { try Flow.flows(in: deep) }
    let nodes = Array(repeating: "{}", count: Flow.limit.nodes + 1)
    #expect(throws: Flow.Fault.self) { try Flow.flows(in: Array(FlowExports.node(nodes).utf8)) }
  }

  @Test func `ten thousand damaged exports never trap`() {
    var random = SplitMix64(seed: 3)
    let good = Array(FlowExports.welcome.utf8)
    let pieces = ["null", "[]", "{}", "\"\"", "-1", "1e9", "\"@(\"", "\"n1\"", "true"]
    var read = 0
    for round in 0..<10_000 {
      var bytes = good
      for _ in 0...random.below(4) {
        let place = random.below(bytes.count)
        if round % 2 == 0 {
          bytes[place] = UInt8(truncatingIfNeeded: random.next())
        } else if let end = bytes[place...].firstIndex(of: UInt8(ascii: ",")),
          let start = bytes[..<end].lastIndex(of: UInt8(ascii: ":"))
        {
          bytes.replaceSubrange((start + 1)..<end, with: Array(random.pick(pieces).utf8))
        }
      }
      guard let flows = try? Flow.flows(in: bytes), round % 10 < 2 else { continue }
      for flow in flows { read += FlowDraft(flow, language: "en").text.isEmpty ? 0 : 1 }
    }
    #expect(read > 100)
  }
}

extension ProcessTests {
  @Suite struct ImportFlowTests {
    @Test func `the draft goes to standard output, what it lost to standard error`() throws {
      let landlord = try Landlord()
      try landlord.write(FlowExports.welcome, to: "flow.json")
      let run = try CommandRun(["import-flow", "flow.json"], in: landlord)
      #expect(run.status == 1)
      #expect(run.out.hasPrefix("conversation: Welcome\n"))
      #expect(run.error.split(separator: "\n").count == 4)
      let say = #"{"type":"send_msg","uuid":"m","text":"Hello."}"#
      try landlord.write(FlowExports.node([FlowExports.actions(say)]), to: "hello.json")
      let whole = try CommandRun(["import-flow", "hello.json", "--language", "pl"], in: landlord)
      #expect(whole.status == 0)
      #expect(whole.out.contains("languages: pl\n"))
      #expect(whole.error == "")
    }

    @Test(arguments: [
      (["import-flow"], 2), (["import-flow", "a", "b"], 2), (["import-flow", "none.json"], 1),
      (["import-flow", "flow.json", "--language", "xx"], 2),
      (["import-flow", "flow.json", "--flow", "Other"], 2), (["import-flow", "bad.json"], 1),
    ])
    func `wrong use and wrong files say what to do`(words: [String], status: Int) throws {
      let landlord = try Landlord()
      try landlord.write(FlowExports.welcome, to: "flow.json")
      try landlord.write("{", to: "bad.json")
      let run = try CommandRun(words, in: landlord)
      #expect(run.status == Int32(status))
      #expect(run.error.hasPrefix("commonthread: "))
      #expect(run.out == "")
    }
  }
}
