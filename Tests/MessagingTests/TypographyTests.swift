import Messaging
import Support
import Testing

@Suite struct TypographyTests {
  @Test(arguments: [
    ("It’s “fine” – really…", "It's \"fine\" - really..."), ("a\u{A0}b\u{202F}c\td", "a b c d"),
    ("soft\u{AD}hyphen\u{200B}\u{FEFF}", "softhyphen"), ("• one\n• two", "- one\n- two"),
    ("`quoted´", "'quoted'"), ("„Gut“ ‚ja‘", "\"Gut\" 'ja'"), ("«oui»", "\"oui\""),
    ("5 − 3 ‐ 1", "5 - 3 - 1"), ("a\u{2028}b", "a\nb"),
  ])
  func `typographic characters become plain ones`(text: String, plain: String) {
    #expect(isSame(Typography.plain(text).text, plain))
    #expect(Segments(of: Typography.plain(text).text).encoding == .gsm7)
  }

  @Test(arguments: [
    "Tŷ a thân ŵy", "Zażółć gęślą jaźń", "½ price", "👨‍👩‍👧", "می\u{200C}خواهم", "\u{200F}שלום",
    "plain 'quotes' - and ...", "", "e\u{301}", "r\r\nn",
  ])
  func `letters, fractions, emoji and joiners stay byte for byte`(text: String) {
    let result = Typography.plain(text)
    #expect(isSame(result.text, text))
    #expect(result.replacements.isEmpty)
  }

  @Test func `each replacement says what, by what and how often`() {
    let result = Typography.plain("’a’ … ’\u{AD}")
    #expect(
      result.replacements == [
        .init(from: "’", to: "'", count: 3), .init(from: "…", to: "...", count: 1),
        .init(from: "\u{AD}", to: "", count: 1),
      ])
    #expect(
      result.replacements.map(\.name) == [
        "right single quotation mark", "horizontal ellipsis", "soft hyphen",
      ])
    #expect(Typography.plain("\t").replacements.first?.name == "tab")
  }

  @Test func `no letter, number or joiner of Unicode is replaced`() {
    for value in UInt32(0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let plain = Typography.plain(String(scalar))
      if plain.replacements.isEmpty { continue }
      // The modifier apostrophe is a letter to Unicode and an apostrophe to phones.
      let properties = scalar.properties
      #expect(!properties.isAlphabetic || scalar == "\u{2BC}")
      #expect(properties.numericType == nil)
      #expect(!properties.isEmoji)
      #expect(!properties.isJoinControl)
      #expect(Segments(of: plain.text).encoding == .gsm7)
      #expect(Segments(of: String(scalar)).encoding == .ucs2)
    }
  }

  @Test func `plain text is left alone the second time, whatever it was`() {
    var randomness = SplitMix64(seed: 3)
    for _ in 0..<10_000 {
      let once = Typography.plain(randomness.hostileText(upTo: 80)).text
      #expect(Typography.plain(once).replacements.isEmpty)
    }
  }
}
