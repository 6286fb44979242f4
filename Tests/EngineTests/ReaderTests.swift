import Messaging
import Testing

@testable import Engine

/// A mistake that an author makes: what is changed in the door check, and the one finding it gives.
struct Mistake: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let from: String
  let into: String
  let finding: String

  init(_ what: String, _ from: String, _ into: String, gives finding: String) {
    testDescription = what
    self.from = from
    self.into = into
    self.finding = finding
  }

  static let all: [Mistake] = [
    Mistake(
      "a misspelt step", "broken) -> report", "broken) -> reprot",
      gives: "17: E301 there is no step called “reprot”; did you mean “report”?"),
    Mistake(
      "a misspelt statement", "say: Thank you, that is all.", "sya: Thank you, that is all.",
      gives: "49: E103 “sya: Thank you, that is all.” is not a statement; did you mean “say”?"),
    Mistake(
      "a misspelt setting", "forget after:", "forgot after:",
      gives: "9: E102 “forgot after: 4 days” is not a setting, a step or an example; "
        + "did you mean “forget after”?"),
    Mistake(
      "a missing translation", "    cy: Diolch, dyna'r cyfan.\n", "",
      gives: "49: E205 there is no “cy” translation of this wording; "
        + "add a line “cy: …” under it, or leave cy out of “languages:”"),
    Mistake(
      "an undeclared language", "      cy: Ydy\n", "      cy: Ydy\n      pl: Tak\n",
      gives: "34: E206 “pl” is not among this file's languages; "
        + "add it to “languages:”, or begin the line with another word"),
    Mistake(
      "keywords of an undeclared language", "  cy: DRWS TAN\n",
      "  cy: DRWS TAN\n  pl: DRZWI, WEJSCIE\n",
      gives: "6: E206 “pl” is not among this file's languages; "
        + "add it to “languages:”, or leave this line out"),
    Mistake(
      "keywords that lead nowhere", "  cy: DRWS TAN\n", "  cy: DRWS TAN\n  DOORS\n",
      gives: "6: E114 these keywords lead to no step; "
        + "put them on the line above, or write “-> step” after them"),
    Mistake(
      "no way out of silence", "    no answer after 3 days -> finish\n\nstep report",
      "\nstep report",
      gives: "29: E405 this question has no way out when nobody answers; "
        + "add a line “no answer after 3 days -> step”"),
    Mistake(
      "no way out of misunderstanding", "    not understood 2 times -> person\n    remind",
      "    remind",
      gives: "12: E406 this question has no way out when replies are not understood; "
        + "add a line “not understood 2 times -> step”"),
    Mistake(
      "a step that just stops", "edrych.\n  end", "edrych.",
      gives: "44: E401 the step “told” neither goes on nor ends here; "
        + "add a line “-> step” or “end”"),
    Mistake(
      "a step nothing leads to", "idea) -> how to check", "idea) -> thanks",
      gives: "28: E402 nothing leads to the step “how to check”; "
        + "add “-> how to check” where it should follow, or delete it"),
    Mistake(
      "a loop without a question", "edrych.\n  end", "edrych.\n  -> report",
      gives: "46: E403 this goes round without asking anything; "
        + "put an “ask” into the loop, or let it lead elsewhere"),
    Mistake(
      "asking for ever", "finish\n\nstep report", "how to check\n\nstep report",
      gives: "29: E413 this asks again and again for as long as nobody answers; "
        + "let “no answer” lead to a step that ends, and use “remind” to ask once more"),
    Mistake(
      "a word for two choices", "(also dont know,", "(also broken,",
      gives: "19: E224 “broken” could mean “unsure” or “no”; leave it out of one of them"),
    Mistake(
      "a line nothing leads to", "cyfan.\n  end", "cyfan.\n  end\n  -> finish",
      gives: "52: E404 nothing leads to this line; "
        + "delete it, or move it above the line that goes elsewhere"),
    Mistake(
      "a reserved word as an answer", "(also stays open, broken)", "(also stays open, cancel)",
      gives: "17: E217 “cancel” is a word that opts people out, so it cannot be an answer; "
        + "choose another word"),
    Mistake(
      "a reserved word as a keyword", "FIRE DOOR, DOOR CHECK", "FIRE DOOR, QUIT",
      gives: "4: E217 “QUIT” is a word that opts people out, so it cannot be a keyword; "
        + "choose another word"),
    Mistake(
      "a value nothing gives", "say: Thank you, that is all.", "say: Thank you, {dor}.",
      gives: "49: E409 nothing gives “dor” a value; did you mean “door”?"),
    Mistake(
      "a value that may be unknown", "say: Thank you, that is all.", "say: Thank you {first name}.",
      gives: "49: E407 {first name} may not be known here; "
        + "say what stands there then: {first name or \"words\"}"),
    Mistake(
      "an answer that may be unknown", "say: Thank you, that is all.",
      "say: Thank you. {door again}",
      gives: "49: E407 {door again} may not be known here; "
        + "say what stands there then: {door again or \"words\"}"),
    Mistake(
      "an outcome that does not exist", "- recorded -> told", "- recoded -> told",
      gives: "41: E309 “record request” has no outcome “recoded”; did you mean “recorded”?"),
    Mistake(
      "an outcome not handled", "    - recorded -> told\n", "  -> told\n",
      gives: "40: E310 the outcome “recorded” of “record request” is not handled; "
        + "add a line “- recorded -> step” under it"),
    Mistake(
      "forgotten too early", "forget after: 4 days", "forget after: 2 days",
      gives: "12: E411 “forget after” is not later than this question's “no answer”; "
        + "make “forget after:” longer than the longest “no answer after”"),
    Mistake(
      "a length of time without a unit", "remind after 1 day:", "remind after 1:",
      gives: "24: E212 “1” is not a length of time; "
        + "write a number and minutes, hours, days or weeks, such as “3 days”"),
    Mistake(
      "a time that cannot be waited for", "step told\n", "step told\n  wait until soon\n",
      gives: "44: E313 this “wait” cannot be read; "
        + "write “wait 2 days”, “wait until 9am” or “wait until 1 day before {day} at 10am”"),
    Mistake(
      "a stray indent", "  say: Thank you, that is all.", "   end\n  say: Thank you, that is all.",
      gives: "50: E105 this line is indented neither with the statements nor under one; "
        + "give it as many spaces in front as line 49"),
    Mistake(
      "a choice after a misspelt child", "    not understood 2 times -> person\n    remind",
      "    not undrestood 2 times -> person\n    not understood 2 times -> person\n    remind",
      gives: "23: E107 “not undrestood 2 times -> person” does not belong under “ask”; "
        + "put wording first, then “- id: Label”, “not understood”, “remind”, “no answer”"),
    Mistake(
      "a line that is no example's", "  resident: fire door", "  residnet: fire door",
      gives: "60: E601 “residnet: fire door” is not a line of an example; "
        + "did you mean “resident”?"),
  ]
}

@Suite struct ReaderTests {
  @Test(arguments: Mistake.all)
  func `a mistake gives one plain finding at its line`(mistake: Mistake) {
    #expect(Fixtures.doorCheck.contains(mistake.from))
    let text = Fixtures.doorCheck.replacing(mistake.from, with: mistake.into, maxReplacements: 1)
    let findings = Fixtures.check([("door-check.txt", text)]).findings
    #expect(findings.map(\.description) == ["door-check.txt:" + mistake.finding])
  }

  @Test func `all mistakes are found in one go`() {
    let text = Fixtures.doorCheck
      .replacing("broken) -> report", with: "broken) -> reprot")
      .replacing("say: Thank you, that is all.", with: "sya: Thank you, that is all.")
    #expect(Fixtures.check([("d.txt", text)]).findings.map(\.code) == ["E301", "E103"])
  }

  @Test func `two conversations cannot claim one keyword`() {
    let other = Fixtures.conversation(keyword: "Door-check", "step a\n  say: Hi.\n  end")
    let findings = Fixtures.check([("a.txt", other), ("door-check.txt", Fixtures.doorCheck)])
      .findings
    #expect(
      findings.map(\.description) == [
        "door-check.txt:4: E501 the keyword “DOOR CHECK” also starts “a”; choose another keyword"
      ])
  }

  @Test(arguments: ["HELP", "person", "smoke in", "STOP", "no more texts"])
  func `a keyword cannot be a word of the gateway`(word: String) {
    let text = Fixtures.conversation(keyword: word, "step a\n  say: Hi.\n  end")
    #expect(Fixtures.check([("a.txt", text)]).findings.map(\.code).contains("E217"))
  }

  @Test func `what Word and Notepad do to text does not matter`() throws {
    let doc = Fixtures.doorCheck
      .replacing("->", with: "→").replacing("'", with: "’").replacing("- no:", with: "– no:")
      .replacing("  ", with: "\t").replacing("...", with: "…")
      .replacing("that is all", with: "that\u{A0}is all").replacing("\n", with: "\r\n")
    let library = try Fixtures.library([("door-check.txt", "\u{FEFF}" + doc)])
    #expect(library.conversationIDs == ["door-check"])
  }

  @Test func `comments and line breaks in wording`() throws {
    let text = Fixtures.conversation(
      """
      step a
        say:
          One
          note: not said
          two: three -> four.

          Five.
        end
      """)
    var play = try Play(("a.txt", text))
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: One two: three -> four.\nFive."])
  }

  @Test func `a channel can have its own wording`() throws {
    let text = """
      conversation: A
      owner: T
      start when they text: TRY
      start from: resident
      languages: en, cy
      answers: named
      forget after: 1 day

      step a
        say: Plain.
          cy: Plaen.
          whatsapp: With pictures.
          whatsapp cy: Gyda lluniau.
          sms: Short.
        end
      """
    var play = try Play(("a.txt", text))
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: Short."])
    play.context.channel = "telegram"
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: Plain."])
    play.context.channel = "whatsapp"
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: With pictures."])
    play.context.language = "cy"
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: Gyda lluniau."])
    play.context.channel = "sms"
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: Plaen."])
  }

  @Test func `a conversation can be only for some`() throws {
    let text = Fixtures.conversation("step a\n  say: You are high up.\n  end")
      .replacing(
        "answers: named",
        with: "answers: named\nonly for: building height is high-rise\n  otherwise: Only for tall "
          + "buildings.")
    var play = try Play(("a.txt", text))
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: Only for tall buildings."])
    play.context.values["building height"] = "17.5"
    #expect(try play.turn(.start(conversation: "a", step: nil)) == [])
    play.context.values["storeys"] = "7"
    #expect(try play.text("TRY").sent.map(\.text) == ["Elm Homes: You are high up."])
  }

  @Test func `an anonymous conversation says so before it hands over`() {
    let text = Fixtures.conversation("step a\n  hand over to T: {language}")
      .replacing("answers: named", with: "answers: anonymous")
      .replacing("start when they text: TRY\n", with: "")
      .replacing("start from: resident, staff", with: "start from: poll")
    #expect(Fixtures.check([("a.txt", text)]).findings.map(\.code) == ["E410"])
    let said = text.replacing("step a\n", with: "step a\n  say: Staff will see your name now.\n")
    #expect(Fixtures.check([("a.txt", said)]).findings == [])
  }

  @Test func `a message over two parts is a warning that names the costly character`() {
    let words = String(repeating: "Fire doors save lives. ", count: 7)
    let text = Fixtures.conversation("step a\n  say: \(words)Ŵ\n  end")
    func check(_ text: String) -> Checker.Report {
      Checker.check(files: Fixtures.sharedFiles + [("a.txt", text)], hash: Fixtures.hash)
    }
    let report = check(text)
    #expect(report.findings.map(\.code) == ["W709", "W701", "W702"])
    #expect(report.findings.dropFirst().allSatisfy { $0.problem.contains("“Ŵ”") })
    #expect(report.isPublishable)
    let allowed = text.replacing(
      "owner:", with: "lint allow: W701 (a name), W702 (a name), W709 (a test)\nowner:")
    #expect(check(allowed).findings == [])
  }

  @Test func `what a branch makes known needs no fall-back`() {
    let text = Fixtures.conversation(
      """
      step a
        when block is known -> b
        otherwise -> c

      step b
        set place to block
        say: You live in {place}, {block}.
        end

      step c
        set place to floor
        end
      """)
    let findings = Fixtures.check([("a.txt", text)]).findings
    #expect(findings.map(\.code) == ["E407"])
    #expect(findings.map(\.line) == [19])
  }

  @Test func `letters of two scalars become one`() throws {
    let text = Fixtures.conversation("step a\n  say: Cafe\u{301}.\n  end")
    var play = try Play(("a.txt", text))
    let said = try play.text("TRY").sent.first?.text ?? ""
    #expect(Array(said.utf8) == Array("Elm Homes: Caf\u{E9}.".utf8))
  }

  @Test func `a file over 256 KiB is refused`() {
    let text = Fixtures.doorCheck + String(repeating: "\nnote: more", count: 30_000)
    #expect(Fixtures.check([("a.txt", text)]).findings.map(\.code) == ["E101"])
  }
}
