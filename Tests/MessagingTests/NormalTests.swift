import Messaging
import Support
import Testing

@Suite struct NormalTests {
  @Test(arguments: [
    ("e\u{301}", "é"), ("\u{212B}", "Å"), ("w\u{302}", "ŵ"), ("plain", "plain"), ("", ""),
    ("ﬁ②", "ﬁ②"), ("a\u{323}\u{302}", "ậ"), ("한", "한"), ("a\0b", "a\0b"),
    ("e\u{301}\u{1113}\u{1161}e\u{301}", "é\u{1113}\u{1161}é"),
    ("\u{1100}\u{1176}", "\u{1100}\u{1176}"),
    ("\u{20061}\u{301}e\u{301}", "\u{20061}\u{301}é"), ("\u{10041}\u{300}", "\u{10041}\u{300}"),
    ("\u{1112}\u{1175}\u{11C2}", "힣"),
  ])
  func `NFC joins accents and keeps look-alikes`(text: String, expected: String) {
    #expect(isSame(Normal.nfc(text), expected))
  }

  @Test(arguments: [
    ("ﬁ", "fi"), ("②", "2"), ("ＡＢ", "AB"), ("𝐒𝐓𝐎𝐏", "STOP"), ("x²", "x2"), ("e\u{301}", "é"),
    ("plain", "plain"), ("…", "..."), ("\u{1100}\u{3161}", "그"),
  ])
  func `NFKC makes look-alikes plain`(text: String, expected: String) {
    #expect(isSame(Normal.nfkc(text), expected))
  }

  @Test func `ten thousand hostile texts are normal the second time`() {
    var randomness = SplitMix64(seed: 4)
    for _ in 0..<10_000 {
      let text = randomness.hostileText(upTo: 80)
      let nfc = Normal.nfc(text)
      #expect(isSame(Normal.nfc(nfc), nfc))
      let nfkc = Normal.nfkc(text)
      #expect(isSame(Normal.nfkc(nfkc), nfkc))
    }
  }
}
