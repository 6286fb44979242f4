import Support
import Testing

@testable import Console

@Suite struct HTMLTests {
  @Test(
    arguments: [
      ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
      ("\" onfocus=\"alert(1)", "&quot; onfocus=&quot;alert(1)"),
      ("' onfocus='alert(1)", "&#39; onfocus=&#39;alert(1)"),
      ("&lt;b&gt; & &amp;", "&amp;lt;b&amp;gt; &amp; &amp;amp;"),
      ("<\u{301}b>", "&lt;\u{301}b&gt;"),
      ("two\nlines\r\nand\ta tab", "two\nlines\r\nand\ta tab"),
      ("آپ کا گھر، میں‌ہے", "آپ کا گھر، میں‌ہے"),
      ("👩‍👩‍👧 ☂️", "👩‍👩‍👧 ☂️"),
    ])
  func `text reads as itself and is never markup`(text: String, expected: String) {
    #expect(written("\(text)") == Array(expected.utf8))
  }

  @Test(
    arguments: [
      ("a\0b", "a␀b"),
      ("\u{1B}[31m", "␛[31m"),
      ("\u{7F}", "␡"),
      ("\u{85}", "[U+0085]"),
      ("pay \u{202E}000,1£\u{202C} now", "pay [U+202E]000,1£[U+202C] now"),
      ("\u{2066}x\u{2069}", "[U+2066]x[U+2069]"),
      ("elm\u{200B}homes\u{FEFF}\u{AD}", "elm[U+200B]homes[U+FEFF][U+00AD]"),
      ("one\u{2028}two", "one[U+2028]two"),
      ("\u{E0041}hidden", "[U+E0041]hidden"),
    ])
  func `characters that nobody sees are shown`(text: String, expected: String) {
    #expect(written("\(text)") == Array(expected.utf8))
  }

  @Test func `the flag of Wales keeps its unseen letters, and only they are kept`() {
    let wales = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}"
    let text = wales + " \u{E0067}"
    #expect(written("\(text)") == Array((wales + " [U+E0067]").utf8))
  }

  @Test func `a piece goes into another as it is, and nil as nothing`() {
    let bold: HTML = "<b>\("<")</b>"
    let missing: HTML? = nil
    let whole: HTML = "<p>\(bold)\(missing)\([bold, bold])\(-7)</p>"
    let expected = "<p><b>&lt;</b><b>&lt;</b><b>&lt;</b>-7</p>"
    #expect(whole.bytes == Array(expected.utf8))
  }

  @Test func `ten thousand random texts give neither markup nor unseen characters`() {
    var random = SplitMix64(seed: 20_261_121)
    for _ in 0..<10_000 {
      let length = Int(random.next() % 64)
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let text = String(decoding: bytes, as: UTF8.self)
      let output = written("\(text)")
      #expect(!output.contains { byte in Self.special.contains(byte) || byte == 0 })
      #expect(String(validating: output, as: UTF8.self) != nil)
    }
  }

  private static let special = Array("<>\"'".utf8)

  private func written(_ html: HTML) -> [UInt8] { html.bytes }
}
