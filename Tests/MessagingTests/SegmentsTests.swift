import Support
import Testing

@testable import Messaging

@Suite struct SegmentsTests {
  @Test(arguments: [
    ("", "GSM-7", 0, 0), ("a", "GSM-7", 1, 1), ("€", "GSM-7", 2, 1), ("@£$¥", "GSM-7", 4, 1),
    ("`", "UCS-2", 1, 1), ("\t", "UCS-2", 1, 1), ("\u{1B}", "UCS-2", 1, 1), ("\0", "UCS-2", 1, 1),
    ("ç", "UCS-2", 1, 1), ("Ç", "GSM-7", 1, 1), ("ŵ", "UCS-2", 1, 1), ("é", "GSM-7", 1, 1),
    ("e\u{301}", "UCS-2", 2, 1), ("\r\n", "GSM-7", 2, 1), ("\u{2126}", "UCS-2", 1, 1),
    ("Ω", "GSM-7", 1, 1), ("\u{212B}", "UCS-2", 1, 1), ("👍", "UCS-2", 2, 1),
    ("🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}", "UCS-2", 14, 1),
  ])
  func `a short text is counted as given`(text: String, encoding: String, units: Int, parts: Int) {
    let segments = Segments(of: text)
    #expect(segments.encoding.rawValue == encoding)
    #expect(segments.units == units)
    #expect(segments.parts == parts)
    #expect(segments.split.count == parts)
  }

  @Test(arguments: [
    (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4), (1530, 10), (1531, 11),
  ])
  func `septets fill 160 in one part and 153 in each of several`(count: Int, parts: Int) {
    let segments = Segments(of: String(repeating: "a", count: count))
    #expect(segments.units == count)
    #expect(segments.parts == parts)
  }

  @Test(arguments: [(70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)])
  func `other texts fill 70 units in one part and 67 in each of several`(count: Int, parts: Int) {
    let segments = Segments(of: String(repeating: "ŵ", count: count))
    #expect(segments.units == count)
    #expect(segments.parts == parts)
  }

  @Test func `an escape pair is never cut`() {
    let text = String(repeating: "a", count: 152) + "€" + String(repeating: "b", count: 152)
    let segments = Segments(of: text)
    #expect(segments.units == 306)
    #expect(segments.parts == 3)
    #expect(segments.split.map(\.unicodeScalars.count) == [152, 152, 1])
    #expect(segments.split[1].hasPrefix("€"))
    #expect(Segments(of: String(repeating: "€", count: 80)).parts == 1)
    #expect(Segments(of: String(repeating: "€", count: 81)).parts == 2)
    // 76 pairs a part: the last septet of each part stays empty.
    #expect(Segments(of: String(repeating: "€", count: 153)).parts == 3)
  }

  @Test func `a surrogate pair is never cut`() {
    #expect(Segments(of: String(repeating: "👍", count: 35)).parts == 1)
    let segments = Segments(of: String(repeating: "👍", count: 36))
    #expect(segments.parts == 2)
    #expect(segments.split.map(\.utf16.count) == [66, 6])
    // 67 thumbs are 134 units, but only 33 fit a part.
    #expect(Segments(of: String(repeating: "👍", count: 67)).parts == 3)
  }

  @Test func `a cut may part a letter from its accent, as on the network`() {
    let text = String(repeating: "a", count: 66) + "e\u{301}" + "bcd"
    let split = Segments(of: text).split
    #expect(split.count == 2)
    #expect(split.map { $0.unicodeScalars.count } == [67, 4])
    #expect(isSame(split.joined(), text))
  }

  @Test func `the alphabet is that of 3GPP TS 23.038`() {
    let basic =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
      + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
    let extended = "\u{C}^{}\\[~]|€"
    #expect(basic.unicodeScalars.count == 127)
    for value in UInt32(0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let expected =
        basic.unicodeScalars.contains(scalar) ? 1 : extended.unicodeScalars.contains(scalar) ? 2 : 0
      if Segments.septets(scalar) != expected { Issue.record("U+\(String(value, radix: 16))") }
    }
  }

  @Test func `random texts are split without loss and no part is too full`() {
    var randomness = SplitMix64(seed: 160)
    let gsm = Array("abc €[]{}éΔ\r\n".unicodeScalars)
    let wide = Array("aé👍ŵ€e\u{301}\u{200D}🏴".unicodeScalars)
    for round in 0..<2_000 {
      let count = Int.random(in: 0...500, using: &randomness)
      let text = randomness.text(from: round.isMultiple(of: 2) ? gsm : wide, count: count)
      let segments = Segments(of: text)
      let split = segments.split
      #expect(isSame(split.joined(), text))
      #expect(split.count == segments.parts)
      let sizes = split.map { part in
        segments.encoding == .gsm7
          ? part.unicodeScalars.reduce(0) { $0 + Segments.septets($1) } : part.utf16.count
      }
      let (whole, part) = segments.encoding == .gsm7 ? (160, 153) : (70, 67)
      #expect(sizes.reduce(0, +) == segments.units)
      #expect(sizes.count <= 1 ? segments.units <= whole : sizes.allSatisfy { $0 <= part })
      // Greedy: what begins a part would not have fitted into the one before.
      for (size, next) in zip(sizes, split.dropFirst()) {
        let width = next.unicodeScalars.first.map {
          segments.encoding == .gsm7 ? Segments.septets($0) : UTF16.width($0)
        }
        #expect(size + (width ?? 0) > part)
      }
    }
  }

  @Test func `the characters that cost are named once each`() {
    #expect(Segments.costly(in: "tân a tŵr, tân") == ["â", "ŵ"])
    #expect(Segments.costly(in: "plain €5").isEmpty)
  }

  @Test func `ten thousand hostile texts are split without loss`() {
    var randomness = SplitMix64(seed: 2)
    for _ in 0..<10_000 {
      let text = randomness.hostileText(upTo: 250)
      #expect(isSame(Segments(of: text).split.joined(), text))
    }
  }
}
