import Support
import Testing

@testable import Messaging

@Suite struct FoldingTests {
  @Test(arguments: [
    "stop", "STOP", " Stop. ", "ＳＴＯＰ", "𝐒𝐓𝐎𝐏", "ЅТОР", "ѕтор", "\"stop\"", "'STOP'", "‘stop’",
    "s\u{200B}t\u{AD}op", "STÓP", "s\u{301}top!!", "ⓢⓣⓞⓟ", "STOР", "\u{202E}stop\u{202C}",
    "stop\u{3164}", "ΣTOP".replacing("Σ", with: "S"), "STO\u{FE0F}P", "stop\n", "…stop…", "STOP'",
  ])
  func `every way to write STOP is stop`(text: String) {
    #expect(isSame(Folding.fold(text), "stop"))
  }

  @Test(arguments: [
    ("", ""), ("?!…", ""), ("don't", "dont"), ("don’t", "dont"), ("donʼt", "dont"),
    ("don´t", "dont"), ("don`t", "dont"), ("FIRE-DOOR,  now", "fire door now"),
    ("S T O P", "s t o p"), ("Zażółć gęślą jaźń", "zazolc gesla jazn"), ("tŷ", "ty"),
    ("Straße", "strasse"), ("STRASSE", "strasse"), ("ẞ", "ss"), ("İstanbul ısı", "istanbul isi"),
    ("Ærø Þór Đà", "aero thor da"), ("2️⃣", "2"), ("②", "2"), ("２", "2"), ("۲", "2"), ("২", "2"),
    ("#2", "2"), ("£5.50", "5 50"), ("½", "1 2"), ("👍", "👍"), ("👍🏽", "👍"), ("✔️", "✔"),
    ("ok👍👍", "ok 👍👍"), ("STOP🛑", "stop 🛑"), ("🏴\u{E0067}\u{E007F}", "🏴\u{E0067}\u{E007F}"),
    ("ﬁre", "fire"), ("Ψυχή", "ψυχη"), ("ΛΌΓΟΣ λόγος", "λογοσ λογοσ"),
  ])
  func `a text is folded`(text: String, folded: String) {
    #expect(isSame(Folding.fold(text), folded))
  }

  @Test(arguments: [
    ("СТОП", "стоп"), ("Здравствуйте", "здравствуйте"), ("Їжак", "їжак"), ("їх", "їх"),
    ("ой", "ой"), ("Ёлка", "елка"),
    ("ہاں", "ہاں"), ("نَعَم", "نعم"), ("آپ", "آپ"), ("হ্যাঁ", "হ্যাঁ"), ("हिन्दी में", "हिन्दी में"),
    ("ਹਾਂ", "ਹਾਂ"), ("ガス", "ガス"), ("한국어", "한국어"), ("Ευχαριστώ", "ευχαριστω"),
  ])
  func `a text in another script stays what it is`(text: String, folded: String) {
    #expect(isSame(Folding.fold(text), folded))
  }

  @Test(arguments: ["нет НЕТ Нет", "так ТАК Так", "да ДА Да", "ναι ΝΑΙ Ναι", "όχι ΟΧΙ Όχι"])
  func `case never tells words apart, not even where only capitals look Latin`(text: String) {
    #expect(Set(Folding.words(text)).count == 1)
  }

  @Test func `words are what spaces part`() {
    #expect(Folding.words("  I don’t KNOW — ask  me ") == ["i", "dont", "know", "ask", "me"])
    #expect(Folding.words("?!").isEmpty)
  }

  @Test func `the short way for ASCII folds as the long way does`() {
    var randomness = SplitMix64(seed: 5)
    let ascii = (UInt8(0)...127).map { Unicode.Scalar($0) }
    for _ in 0..<5_000 {
      let text = randomness.text(from: ascii, count: 30)
      let long = Folding.fold(text + " ñ")
      #expect(long == (Folding.fold(text) + " n").trimmed)
    }
  }

  @Test func `folding twice is folding once, for every scalar`() {
    // Of the ideographs, the syllables and the planes without letters a sample is enough.
    let uniform: [ClosedRange<UInt32>] = [
      0x3400...0x9FFF, 0xAC00...0xD7FF, 0x1_7000...0x1_8FFF, 0x2_0000...0xD_FFFF,
      0xE_1000...0x10_FFFF,
    ]
    for value in UInt32(0)...0x10_FFFF {
      if !value.isMultiple(of: 257), uniform.contains(where: { $0.contains(value) }) { continue }
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = Folding.fold("\(scalar) a\(scalar)b")
      let twice = Folding.fold(once)
      if !isSame(twice, once) { Issue.record("U+\(String(value, radix: 16)): \(once), \(twice)") }
    }
  }

  @Test func `folding twice is folding once, for random texts`() {
    var randomness = SplitMix64(seed: 6)
    let alphabet = Array(
      "aBc éŵßİıſλςΣйЇўёстопТ\u{301}\u{306}\u{308}\u{323}'’ -.2²½👍🏽🏴\u{E0067}\u{200D}\u{FE0F}한ガআ্ﷺΐ"
        .unicodeScalars)
    for round in 0..<10_000 {
      let text =
        round.isMultiple(of: 2)
        ? randomness.text(from: alphabet, count: 20) : randomness.hostileText(upTo: 60)
      let once = Folding.fold(text)
      #expect(isSame(Folding.fold(once), once))
      #expect(!once.hasPrefix(" ") && !once.hasSuffix(" ") && !once.contains("  "))
    }
  }

  @Test(arguments: ["a", "é", "ﷺ", "ß ", "й", "👍a", "a ", "\u{301}"])
  func `only the first two thousand scalars are read`(unit: String) {
    let text = String(repeating: unit, count: 3000)
    let folded = Folding.fold(text)
    #expect(folded.unicodeScalars.count <= Folding.limit)
    #expect(isSame(Folding.fold(folded), folded))
    #expect(isSame(Folding.fold(text + "more"), folded))
  }
}

extension String {
  /// Without a space before it, which is left where the first half folds to nothing.
  fileprivate var trimmed: String { hasPrefix(" ") ? String(dropFirst()) : self }
}
