import Messaging
import Support
import Testing

@Suite struct PhoneNumberTests {
  @Test(arguments: [
    "+44 7700 900123", "07700 900123", "0044 7700 900123", "+44 (0)7700 900123",
    "+44 (0) 7700-900-123", "0044(0)7700900123", "(+44) 7700 900 123", "07700.900.123",
    "07700/900123", "(07700) 900123", "０７７００　９００１２３", "＋４４７７００９００１２３",
    "+44 07700 900123", "447700900123", "7700900123", " 07700\u{A0}900\u{2011}123 ",
    "\u{202A}+44 7700 900123\u{202C}", "+44–7700–900123", "+44（0）7700900123", "07700\t900123",
  ])
  func `every way to write a UK mobile is the same number`(text: String) throws {
    let number = try PhoneNumber(text)
    #expect(number.e164 == "+447700900123")
    #expect(number.kind == .mobile)
    #expect(number.isUK)
  }

  // Ranges that Ofcom keeps free for drama where there are any, else numbers nobody can have.
  @Test(arguments: [
    ("07624 000000", PhoneNumber.Kind.mobile), ("07911 000000", .mobile),
    ("07600 000000", .pager), ("07000 000000", .personal), ("01632 960123", .landline),
    ("020 7946 0123", .landline), ("028 9018 0123", .landline), ("0306 999 0123", .landline),
    ("0550 000 0000", .corporate), ("0560 000 0000", .corporate),
    ("0800 000 000", .freephone), ("0800 000 0000", .freephone), ("0808 157 0123", .freephone),
    ("0843 000 0000", .service), ("0870 000 0000", .service), ("0909 879 0123", .premium),
    ("0982 000 0000", .premium), ("01204 00000", .landline), ("016977 0000", .landline),
  ])
  func `a UK number is known by its range`(text: String, kind: PhoneNumber.Kind) throws {
    let number = try PhoneNumber(text)
    #expect(number.kind == kind)
    #expect(number.isUK)
  }

  @Test(arguments: [
    ("", PhoneNumberError.empty), ("+", .empty), ("( )", .empty), ("call me", .strangeCharacter),
    ("07700 900123 ext 2", .strangeCharacter), ("07700+900123", .strangeCharacter),
    ("++447700900123", .strangeCharacter), ("07700 90012", .wrongLength),
    ("07700 9001234", .wrongLength), ("+44 7700 90012", .wrongLength),
    ("01632 96012", .wrongLength),
    ("0843 123 456", .wrongLength), ("0600 123 4567", .unknownRange),
    ("0400 123 4567", .unknownRange),
    ("01012 345678", .unknownRange), ("021 1234 5678", .unknownRange),
    ("0500 123 456", .unknownRange),
    ("0920 123 4567", .unknownRange), ("0820 123 4567", .unknownRange), ("999", .needsCallingCode),
    ("60777", .needsCallingCode), ("+123456", .tooShort), ("+1234567890123456", .tooLong),
    ("+0123456789", .unknownCountry), ("000123456789", .unknownCountry),
    ("12345678", .needsCallingCode), ("+1 212 555 012", .wrongLength), ("+44", .tooShort),
    ("+1 012 555 0123", .wrongLength), (String(repeating: "0", count: 65), .tooLong),
    (String(repeating: "1", count: 64), .needsCallingCode), ("٠٧٧٠٠٩٠٠١٢٣", .strangeCharacter),
  ])
  func `what is not a number is refused with its reason`(text: String, error: PhoneNumberError) {
    #expect(throws: error) { try PhoneNumber(text) }
  }

  @Test(arguments: [
    ("087 123 4567", "IE", "+353871234567"), ("512 345 678", "PL", "+48512345678"),
    ("06 12345678", "IT", "+390612345678"), ("(212) 555-0123", "US", "+12125550123"),
    ("1 212 555 0123", "US", "+12125550123"), ("011 44 7700 900123", "US", "+447700900123"),
    ("00 44 7700 900123", "PL", "+447700900123"), ("07700 900123", "JE", "+447700900123"),
  ])
  func `a national form is read by its region`(text: String, region: String, e164: String) throws {
    #expect(try PhoneNumber(text, region: region).e164 == e164)
  }

  @Test(arguments: [
    ("+353 87 123 4567", PhoneNumber.Kind.international), ("+880 1712 345678", .international),
    ("+886 912 345678", .international), ("+881 612 345678", .premium),
    ("+979 123 456 789", .premium),
    ("+882 16 12345678", .premium), ("+870 123 456 789", .premium),
    ("+1 212 555 0123", .international),
  ])
  func `a foreign number is international, a worldwide one premium`(
    text: String, kind: PhoneNumber.Kind
  ) throws {
    let number = try PhoneNumber(text)
    #expect(number.kind == kind)
    #expect(!number.isUK)
  }

  @Test func `an unknown region is refused`() {
    #expect(throws: PhoneNumberError.unknownRegion) {
      try PhoneNumber("07700 900123", region: "gb")
    }
  }

  @Test(arguments: PhoneNumber.regions)
  func `every region reads a number in E164 as itself`(region: String) throws {
    #expect(try PhoneNumber("+447700900123", region: region).e164 == "+447700900123")
  }

  @Test(arguments: PhoneNumberError.allCases)
  func `every error is one sentence`(error: PhoneNumberError) {
    #expect(error.message.hasSuffix("."))
    #expect(!error.message.dropLast().contains(". "))
  }

  @Test func `a thousand neighbouring UK numbers are all mobiles, and what is read is read again`()
    throws
  {
    for last in 0..<1000 {
      let digits = "07700900" + String(String(1000 + last).dropFirst())
      let number = try PhoneNumber(digits)
      #expect(number.kind == .mobile)
      #expect(try PhoneNumber(number.e164) == number)
    }
  }

  @Test func `ten thousand hostile texts do no harm`() {
    var randomness = SplitMix64(seed: 7)
    let alphabet = Array("+0123456789 ()-.０１２＋（）\u{202A}\u{301}a".unicodeScalars)
    for _ in 0..<10_000 {
      for text in [
        randomness.hostileText(upTo: 70), randomness.text(from: alphabet, count: 14),
        "+44" + randomness.text(from: alphabet, count: 10),
      ] {
        guard let number = try? PhoneNumber(text) else { continue }
        #expect((8...16).contains(number.e164.utf8.count))
        #expect((try? PhoneNumber(number.e164)) == number)
      }
    }
  }
}
