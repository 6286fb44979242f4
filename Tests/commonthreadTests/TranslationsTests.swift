import Engine
import Foundation
import Support
import Testing

@testable import commonthread

@Suite struct TranslationsFileTests {
  private static let rows = [
    "=1+1", "+a", "-b", "@c", "\tq", "'=d", "'e", "a \"b\", c;\nd", "", "a \"\u{301} b",
    "\u{70F}\"",
    "'\u{301}=", "=\u{301}",
  ].map {
    TranslationSheet.Row(id: "a/b", source: $0, translation: $0, note: "")
  }

  @Test func `no cell is a formula, and every one comes back`() throws {
    let bytes = TranslationsFile.bytes(of: Self.rows)
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    for row in CommaSeparatedRows(bytes) {
      for cell in row.fields { #expect(!"=+-@\t\r".contains(cell.first ?? " ")) }
    }
    let read = try TranslationsFile.rows(of: bytes)
    #expect(read.map(\.translation) == Self.rows.map(\.translation))
    #expect(read.map(\.source) == Self.rows.map(\.source))
  }

  @Test(arguments: [
    "id;source;translation\na;b;c\n", "\u{FEFF}Translation,ID,x,Source\r\nc,a,,b\r\n,,,\r\n",
    "id\tsource\ttranslation\na\tb\tc", "sep=;\nid;source;translation;note\n\"a\";b;\"c\"",
  ])
  func `what spreadsheets save is read`(text: String) throws {
    let rows = try TranslationsFile.rows(of: Array(text.utf8))
    #expect(rows.map { [$0.id, $0.source, $0.translation] } == [["a", "b", "c"]])
  }

  @Test(arguments: [
    ([], "empty"), (Array("id,source\n".utf8), "“translation”"),
    (Array("id,source,translation\na,\"b,c".utf8), "Line 2: A quote"),
    (Array("id,source,translation\na,b,".utf8) + [0xE9], "UTF-8"),
    ([UInt8](repeating: 10, count: TranslationsFile.limit + 1), "8 MiB"),
  ])
  func `a file that cannot be read says why`(bytes: [UInt8], reason: String) {
    let fault = #expect(throws: TranslationsFile.Fault.self) {
      try TranslationsFile.rows(of: bytes)
    }
    #expect(fault?.sentence.contains(reason) == true)
  }

  @Test func `ten thousand hostile files never trap`() {
    var random = SplitMix64(seed: 5)
    let head = Array("id,source,translation\n".utf8)
    for round in 0..<10_000 {
      let bytes = (0..<(random.next() % 60)).map { _ in
        round % 2 == 0
          ? UInt8(truncatingIfNeeded: random.next())
          : Array("\",;\n\r\t'=a".utf8)[Int(random.next() % 9)]
      }
      _ = try? TranslationsFile.rows(of: (round % 3 == 0 ? [] : head) + bytes)
    }
  }
}

extension ProcessTests {
  @Suite struct TranslationsTests {
    private func landlord() throws -> Landlord {
      let landlord = try Landlord()
      try landlord.write(TalkTests.lift, to: "conversations/lift.txt")
      return landlord
    }

    private func export(_ landlord: Landlord) throws -> String {
      let run = try CommandRun("translations", "export", "cy", of: landlord)
      #expect(run.status == 0)
      return run.out
    }

    private func text(_ landlord: Landlord) throws -> String {
      try String(contentsOfFile: landlord.conversations + "/lift.txt", encoding: .utf8)
    }

    @Test func `export and import leave every byte, and a changed cell changes its line`() throws {
      let landlord = try landlord()
      let sheet = try export(landlord)
      #expect(sheet.contains("\"lift/lift/lift/yes\",\"Yes, it does (also works)\",\"Ydy (also yn"))
      try landlord.write(sheet, to: "cy.csv")
      let file = landlord.folder + "/cy.csv"
      let same = try CommandRun("translations", "import", "cy", file, of: landlord)
      #expect(same.out == "0 translations put into 0 files.\n")
      #expect(try text(landlord) == TalkTests.lift)
      let changed = sheet.replacingOccurrences(of: "\"Nac ydy\"", with: "\"\u{2018}Na\u{2019}\"")
      try landlord.write(changed, to: "cy.csv")
      let run = try CommandRun("translations", "import", "cy", file, of: landlord)
      #expect(run.status == 0)
      #expect(run.out == "1 translations put into 1 files.\n")
      #expect(
        try text(landlord)
          == TalkTests.lift.replacingOccurrences(of: "cy: Nac ydy", with: "cy: 'Na'"))
    }

    @Test(arguments: [
      ("\"Nac ydy\"", "\"Na\"", "{first name or \"\"chi\"\"}", "chi", "{first name} is missing"),
      ("\"Nac ydy\"", "\"Na\"", "\"Thank you, that is all.\"", "\"Thanks.\"", "has changed since"),
      ("\"Nac ydy\"", "\"Na\"", "lift/thanks/say", "lift/thanks/shout", "There is no wording"),
    ])
    func `one row that is wrong, and nothing is changed`(
      good: String, better: String, old: String, new: String, reason: String
    ) throws {
      let landlord = try landlord()
      let sheet = try export(landlord).replacingOccurrences(of: good, with: better)
        .replacingOccurrences(of: old, with: new)
      try landlord.write(sheet, to: "cy.csv")
      let run = try CommandRun(
        "translations", "import", "cy", landlord.folder + "/cy.csv", of: landlord)
      #expect(run.status == 1)
      #expect(run.error.contains(reason))
      #expect(run.error.contains("Nothing was changed."))
      #expect(try text(landlord) == TalkTests.lift)
      let names = try FileManager.default.contentsOfDirectory(atPath: landlord.conversations)
      #expect(!names.contains { $0.hasSuffix(".new") })
    }

    @Test(arguments: [
      ["translations"], ["translations", "export"], ["translations", "import", "cy"],
    ])
    func `wrong use is exit 2`(words: [String]) throws {
      let run = try CommandRun(words, in: try Landlord())
      #expect(run.status == 2)
    }

    @Test func `a language that no file declares is named`() throws {
      let run = try CommandRun("translations", "export", "ur", of: try landlord())
      #expect(run.status == 1)
      #expect(run.error.contains("“ur”"))
      #expect(run.out == "")
    }
  }
}
