import Messaging
import Testing

@testable import Engine

/// Every file that ships, as Word would save it.
@Suite struct WordAutocorrectTests {
  /// What Word's autocorrect and “Save as plain text” make of a text: curly quotes, long dashes,
  /// arrows, the one-character ellipsis, tabs, no-break spaces, CRLF and a byte-order mark.
  static func corrected(_ text: String) -> String {
    var corrected = ""
    var before: Character = "\n"
    for character in text {
      switch character {
      case "'": corrected += before.isLetter || before.isNumber ? "\u{2019}" : "\u{2018}"
      case "\"": corrected += before.isWhitespace || before == "(" ? "\u{201C}" : "\u{201D}"
      default: corrected.append(character)
      }
      before = character
    }
    corrected = corrected.replacing("->", with: "\u{2192}").replacing("...", with: "\u{2026}")
    corrected = corrected.replacing(" - ", with: " \u{2013} ")
    corrected = corrected.replacing(". A", with: ".\u{A0}A")
    let all = corrected.split(separator: "\n" as Character, omittingEmptySubsequences: false)
    let lines = all.map { (line: Substring) -> String in
      let indent = line.prefix { $0 == " " }.count
      let tabs = String(repeating: "\t", count: indent / 2)
      return tabs + String(repeating: " ", count: indent % 2) + String(line.dropFirst(indent))
    }
    return "\u{FEFF}" + lines.joined(separator: "\r\n")
  }

  @Test func `every shipped file parses to the same program`() throws {
    let files = ShippedConversationsTests.files
    let plain = try #require(ShippedConversationsTests.report.library)
    let report = Checker.check(
      files: files.map { ($0.name, Self.corrected($0.text)) }, hash: Fixtures.hash)
    #expect(report.findings == ShippedConversationsTests.report.findings)
    #expect(report.conversations == ShippedConversationsTests.report.conversations)
    let library = try #require(report.library)
    #expect(library.conversationIDs == plain.conversationIDs)
    for id in plain.conversationIDs {
      let (left, right) = (plain.program(id), library.program(id))
      #expect(left?.wordings == right?.wordings)
      #expect(left?.stepNames == right?.stepNames)
    }
    for name in EngineText.allCases {
      for language in plain.texts.languages {
        #expect(
          plain.texts.text(name, language: language.code)
            == library.texts.text(name, language: language.code))
      }
    }
  }

  @Test(arguments: ShippedConversationsTests.files.map(\.name))
  func `every line of a shipped file is read as the same line`(name: String) throws {
    let text = try #require(ShippedConversationsTests.files.first { $0.name == name }?.text)
    func lines(_ text: String) -> [String] {
      SourceLines.tree(of: Normal.nfc(text)).flatMap(\.flattened).map {
        "\($0.line) \($0.indent) \($0.followsBlank) \($0.text)"
      }
    }
    #expect(Self.corrected(text) != text)
    #expect(lines(Self.corrected(text)) == lines(text))
  }
}
