import Testing

@testable import Engine

@Suite struct ExplorationTests {
  /// The report of a conversation of these steps, and all findings.
  private func explored(_ steps: String) -> (report: ConversationReport?, findings: [String]) {
    let files = Fixtures.sharedFiles + [("a.txt", Fixtures.conversation(steps))]
    let report = Checker.check(files: files, hash: Fixtures.hash)
    return (report.conversations.first, report.findings.map { "\($0.line) \($0.code)" })
  }

  @Test func `states, paths and the longest path of a small question`() throws {
    let report = try #require(
      explored(
        """
        step a
          ask shut (yes or no):
            Does your front door shut?
            not understood 2 times -> b
            no answer after 1 day -> b
          -> b

        step b
          say: Thank you.
          end
        """
      ).report)
    // The question, the question again, and then: go on, say, end.
    #expect(report.states == 5)
    // Answered, given up or silent; and each but the retry itself a second time.
    #expect(report.paths == 5)
    // The question, the retry, and thanks.
    #expect(report.messages == 3)
    #expect(report.parts == 3)
    #expect(report.pence(perPart: 2.4) == 7.199999999999999 || report.pence(perPart: 2.4) == 7.2)
  }

  @Test func `a value counts as long as a condition may still read it`() throws {
    func states(_ ending: String) throws -> Int {
      try #require(
        explored(
          """
          step a
            ask mood (number 1 to 9):
              How was it?
              not understood 2 times -> b
              no answer after 1 day -> b
            say: Thanks.
            -> b

          step b
            \(ending)

          step c
            end
          """
        ).report?.states)
    }
    let forgotten = try states("-> c")
    let read = try states("when mood is at least 5 -> c\n  otherwise -> c")
    #expect(forgotten == 6)
    // 1, 4, 5, 6 and 9 stand for all numbers, and it may be unknown.
    #expect(read == 2 + 5 + 5 + 6 + 1)
  }

  @Test func `what answers cannot lead to is not reached`() {
    let steps = """
      step a
        ask mood (number 1 to 9):
          How was it?
          not understood 2 times -> b
          no answer after 1 day -> b
        when mood is at least 10 -> c
        otherwise -> b

      step b
        end

      step c
        end
      """
    #expect(explored(steps).findings.contains("20 E402"))
    #expect(!explored(steps.replacing("10", with: "9")).findings.contains { $0.hasSuffix("E402") })
  }

  @Test func `counting in a loop comes to an end`() throws {
    let steps = """
      step a
        set count to count + 1
        when count is at least 3 -> c
        otherwise -> b

      step b
        ask more (yes or no):
          Once more?
          not understood 1 times -> c
          no answer after 1 day -> c
        -> a

      step c
        end
      """
    let report = try #require(explored(steps).report)
    #expect(report.states < 30)
    #expect(report.paths > 0)
  }

  @Test func `paths are counted, not walked`() throws {
    let questions = (0..<60).map { number in
      """
        ask q\(number):
          Which?
          - a: One
          - b: Two
          not understood 2 times -> z
          no answer after 1 day -> z
      """
    }
    let steps = "step a\n" + questions.joined(separator: "\n") + "\n  -> z\n\nstep z\n  end"
    let (report, findings) = explored(steps)
    #expect(report?.paths == Int.max)
    #expect(report?.messages == 120)
    #expect(findings.filter { $0.hasSuffix("W703") }.count == 1)
  }

  @Test func `the longest path repeats no step`() throws {
    let report = try #require(
      explored(
        """
        step menu
          ask topic:
            Which?
            - a: One -> a
            - b: Two -> b
            not understood 1 times -> done
            no answer after 1 day -> done

        step a
          say: First.
          -> menu

        step b
          say: Second.
          -> a

        step done
          say: Bye.
          end
        """
      ).report)
    // Which? Then: Second. First.
    #expect(report.messages == 2)
    #expect(report.paths == 4)
  }

  @Test func `what one turn says is measured together`() {
    let words = String(repeating: "Fire doors save lives. ", count: 7)
    let steps = "step a\n  say: \(words)\n  -> b\n\nstep b\n  say: \(words)\n  end"
    #expect(explored(steps).findings.contains { $0.hasSuffix("W701") })
    let split = steps.replacing("  -> b", with: "  new message\n  -> b")
    #expect(!explored(split).findings.contains { $0.hasSuffix("W701") })
  }

  @Test func `lines that exclude each other are not added up`() {
    let words = String(repeating: "Fire doors save lives. ", count: 7)
    let steps = """
      step a
        say:
          Hello.
          if nation is England: \(words)
          if nation is Wales: \(words)
        end
      """
    #expect(!explored(steps).findings.contains { $0.hasSuffix("W701") })
  }

  @Test func `what another conversation says is part of the path`() throws {
    let outer = Fixtures.conversation("step a\n  say: Hello.\n  run b\n  say: Bye.\n  end")
    let inner = Fixtures.conversation(
      keyword: "OTHER", "step a\n  say: One.\n  new message\n  say: Two.\n  end")
    let reports = Fixtures.check([("a.txt", outer), ("b.txt", inner)]).conversations
    #expect(reports.map(\.id) == ["a", "b"])
    #expect(reports.map(\.messages) == [4, 2])
  }
}
