import Foundation
import Messaging
import Support
import Testing

@testable import Engine

@Suite struct TranslationSheetTests {
  private static let text = """
    conversation: Lift
    owner: Team
    start when they text: LIFT
    start from: resident
    languages: en, cy, pl
    answers: named
    forget after: 4 days
    only for: building height is high-rise
      otherwise: Not for you.
        pl: Nie.

    choices how:
      - well: Well (also fine)
        cy: Da (also iawn)
      - badly: Badly

    step lift
      ask lift:
        Does the lift
        work, {first name or "you"}?
        if building is known: In {building or "it"}?

        Reply soon.
        sms: Lift?
        cy: Ydy'r lifft yn gweithio,
          {first name or "chi"}?
          if building is known: Yn {building or "fo"}?

          Atebwch.
        - yes: Yes (also works) -> thanks
        - no: No -> thanks
          cy: Nac ydy
        not understood: Sorry.
        not understood 2 times -> thanks
        remind after 1 day: Reminder.
        no answer after 3 days -> thanks

    step thanks
      say: Thank you: {first name or "you"}
      say: Thank you: {first name or "you"}
      note: the end
      end

    example poll
      poll: bins
        ask bins: Which?
          - a: A
    """

  static func sheet(_ text: String = text, _ language: String = "cy") throws -> TranslationSheet {
    let vocabulary = try #require(Fixtures.vocabulary)
    return try #require(
      TranslationSheet(file: "lift.txt", text: text, language: language, vocabulary: vocabulary))
  }

  @Test func `every wording has a row, named by where it stands`() throws {
    let rows = try Self.sheet().rows
    #expect(
      rows.map(\.id) == [
        "lift/only for/otherwise", "lift/choices how/well", "lift/choices how/badly",
        "lift/lift/lift", "lift/lift/lift/sms", "lift/lift/lift/yes", "lift/lift/lift/no",
        "lift/lift/lift/not understood", "lift/lift/lift/remind", "lift/thanks/say",
        "lift/thanks/say 2",
      ])
    #expect(rows[1].source == "Well (also fine)")
    #expect(rows[1].translation == "Da (also iawn)")
    #expect(
      rows[3].source == """
        Does the lift work, {first name or "you"}?
        if building is known: In {building or "it"}?

        Reply soon.
        """)
    #expect(rows[3].translation.hasSuffix("Yn {building or \"fo\"}?\n\nAtebwch."))
    #expect(rows[9].source == "Thank you: {first name or \"you\"}")
    #expect(rows[9].translation == "")
    #expect(rows[3].note.contains("{building}"))
  }

  @Test(arguments: ["\n", "\r\n", "\r"], [true, false])
  func `a cell that changes changes its block and nothing else`(end: String, ended: Bool) throws {
    var text = Self.text.replacingOccurrences(of: "\n", with: end)
    text = "\u{FEFF}" + text + (ended ? end : "")
    let sheet = try Self.sheet(text)
    for (index, row) in sheet.rows.enumerated() {
      var words = row.source + " (newydd)"
      if !row.translation.isEmpty { words = row.translation + " Newydd." }
      let after = try sheet.text(with: [index: words]).get()
      let again = try Self.sheet(after)
      #expect(TranslationSheet.isSame(again.rows[index].translation, words))
      for other in sheet.rows.indices where other != index {
        #expect(again.rows[other] == sheet.rows[other])
      }
      let lines = after.components(separatedBy: end)
      let old = text.components(separatedBy: end)
      let top = zip(lines, old).prefix { $0 == $1 }.count
      let bottom = zip(lines.reversed(), old.reversed()).prefix { $0 == $1 }.count
      #expect(top + bottom >= old.count - (row.translation.isEmpty ? 0 : 6))
    }
  }

  @Test func `all rows at once, also those that go to one place`() throws {
    let sheet = try Self.sheet()
    let words = sheet.rows.map { $0.source + " CY" }
    let all = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($0.offset, $0.element) })
    let after = try Self.sheet(sheet.text(with: all).get())
    #expect(after.rows.map(\.translation) == words)
    #expect(after.rows.map(\.source) == sheet.rows.map(\.source))
  }

  /// The conversations that ship in Welsh.
  static let shipped: [String] = {
    let folder = Fixtures.root.appending(path: "conversations").path()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { name in
      name.hasSuffix(".txt") && (try? sheet(Fixtures.text(of: "conversations/" + name))) != nil
    }
  }()

  @Test func `several conversations ship in Welsh`() {
    #expect(Self.shipped.contains("door-check.txt"))
    #expect(!Self.shipped.contains("engine.txt"))
  }

  @Test(arguments: shipped)
  func `a file that ships comes back to the byte, and a changed cell changes its block`(
    name: String
  ) throws {
    let text = Fixtures.text(of: "conversations/" + name)
    let sheet = try Self.sheet(text)
    let damaged = sheet.rows.map { row in
      row.translation.replacingOccurrences(of: "'", with: "\u{2019}")
        .replacingOccurrences(of: "\"", with: "\u{201D}")
        .replacingOccurrences(of: " - ", with: "\u{A0}\u{2013}\u{A0}")
        .replacingOccurrences(of: "\n", with: "\r\n") + "  "
    }
    let all = Dictionary(
      uniqueKeysWithValues: damaged.enumerated().map { ($0.offset, $0.element) })
    #expect(try sheet.text(with: all).get().utf8.elementsEqual(text.utf8))
    for index in Set([0, sheet.rows.count / 2, sheet.rows.count - 1]) {
      let words = sheet.rows[index].source + " (CY)"
      let again = try Self.sheet(sheet.text(with: [index: words]).get())
      for row in sheet.rows.indices where row != index {
        #expect(again.rows[row] == sheet.rows[row])
      }
      #expect(again.rows[index].translation == words)
    }
  }

  @Test(arguments: [
    (3, "Lifft?", "{building} is missing"),
    (9, "Diolch {first name} {last name}", "{last name} is not in the source"),
    (3, "{first name} {building} os", "“if …:”"),
    (9, "Diolch {first name", "{first name} is missing"),
    (9, "{first name or \"x\"}\n\nnote: gone", "something else"),
    (9, "{first name}\n\npl: x", ""),
    (5, "Ydy -> thanks", ""), (10, String(repeating: "{first name}", count: 2000), "longer"),
  ])
  func `words that would be lost or read as something else are refused`(
    row: Int, words: String, reason: String
  ) throws {
    switch try Self.sheet().text(with: [row: words]) {
    case .failure(let refusal):
      #expect(refusal.row == row)
      #expect(refusal.refusal.sentence.contains(reason))
    case .success(let text):
      #expect(reason.isEmpty)
      #expect(try Self.sheet(text).rows[row].translation == words)
    }
  }

  @Test func `a file without the language, or with it as its source, has no sheet`() throws {
    let vocabulary = try #require(Fixtures.vocabulary)
    for (text, language) in [(Self.text, "ur"), (Self.text, "en"), ("", "cy"), ("\u{0}", "cy")] {
      #expect(
        TranslationSheet(file: "a.txt", text: text, language: language, vocabulary: vocabulary)
          == nil)
    }
  }

  @Test func `hostile words never trap, and never change what stands beside them`() throws {
    let sheet = try Self.sheet()
    var random = SplitMix64(seed: 11)
    let pieces = [
      "\n", "\n\n", "cy:", "pl: x", "- a: b", "{", "}", "{first name}", "{building}", "if ", ":",
      "->",
      "note: x", "step x", "\u{2028}", "\u{0}", "picture a.png: b", "example x", "sms:", "\t", "é",
      "e\u{301}", "(also ", ")", "word", "not understood: x", "end", "\u{FEFF}",
    ]
    for _ in 0..<600 {
      let row = Int(random.next() % UInt64(sheet.rows.count))
      let words = (0..<(random.next() % 8)).map { _ in
        pieces[Int(random.next() % UInt64(pieces.count))]
      }.joined(separator: random.next() % 2 == 0 ? " " : "")
      guard case .success(let text) = sheet.text(with: [row: words]) else { continue }
      let after = try Self.sheet(text)
      #expect(TranslationSheet.isSame(after.rows[row].translation, words))
      #expect(after.rows.map(\.source) == sheet.rows.map(\.source))
    }
  }

  @Test func `lines joined again are the text, scalar for scalar`() {
    for text in ["", "\n", "a", "a\r\nb\rc\n\n\u{2028}d", "\r\r\n", "\u{FEFF}a\n"] {
      #expect(RawLines(text).text.utf8.elementsEqual(text.utf8))
    }
  }
}
