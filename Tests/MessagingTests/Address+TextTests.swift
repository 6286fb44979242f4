import Messaging
import Support
import Testing

@Suite struct AddressTextTests {
  @Test(arguments: [
    ("tel:+447700900123", "tel:+447700900123"), ("TEL:+44 7700 900-123", "tel:+447700900123"),
    ("tel:60777", "tel:60777"), ("tel:123", "tel:123"), ("tel:12345678", "tel:12345678"),
    ("name:ElmHomes", "name:ElmHomes"), ("name:Elm Homes 2", "name:Elm Homes 2"),
    ("name:A&B", "name:A&B"),
    ("email:Jo.Bloggs+x@Elm-Homes.Example", "email:Jo.Bloggs+x@elm-homes.example"),
    ("whatsapp:447700900123", "whatsapp:447700900123"),
    ("whatsapp:gb.13491208655302741918", "whatsapp:GB.13491208655302741918"),
    ("whatsapp:US.ENT.118157992128868", "whatsapp:US.ENT.118157992128868"),
    ("telegram:123", "telegram:123"), ("telegram:-1001234567890", "telegram:-1001234567890"),
    ("messenger:1234567890123456", "messenger:1234567890123456"),
    ("viber:01234567890A+/b=", "viber:01234567890A+/b="), ("slack:C024BE91L", "slack:C024BE91L"),
  ])
  func `an address is read into its normal form`(text: String, normal: String) throws {
    let address = try Address(text: text)
    #expect(address.text == normal)
    #expect(try Address(text: address.text) == address)
  }

  @Test(arguments: [
    ("", AddressError.noScheme), ("+447700900123", .noScheme), ("fax:123", .unknownScheme),
    (":123", .unknownScheme), ("tel:", .needsPlus), ("tel:07700900123", .needsPlus),
    ("tel:12", .needsPlus), ("tel:+44770090012", .badNumber(.wrongLength)),
    ("tel:+44ABC", .badNumber(.strangeCharacter)), ("name:", .badName), ("name:12345", .badName),
    ("name:TwelveLetter", .badName), ("name:Élm", .badName), ("name: Elm", .badName),
    ("name:Elm\n", .badName), ("email:a@b", .badEmail), ("email:@b.example", .badEmail),
    ("email:a@b..example", .badEmail), ("email:a@@b.example", .badEmail),
    ("email:.a@b.example", .badEmail),
    ("email:a b@b.example", .badEmail), ("email:a@-b.example", .badEmail),
    ("email:a@127.0.0.1", .badEmail),
    ("email:a@b.example\r\nBcc: c@d.example", .badEmail), ("email:a@b\u{301}.example", .badEmail),
    ("email:" + String(repeating: "a", count: 65) + "@b.example", .badEmail),
    ("whatsapp:+447700900123", .badID), ("whatsapp:07700900123", .badNumber(.unknownCountry)),
    ("whatsapp:GB.", .badID), ("whatsapp:G1.123", .badID), ("whatsapp:GB.1.2.3", .badID),
    ("telegram:", .badID), ("telegram:-", .badID), ("telegram:12a", .badID),
    ("telegram:-\u{301}1", .badID),
    ("messenger:a b", .badID), ("viber:a b", .badID), ("slack:#general", .badID),
    ("slack:", .badID),
    (String(repeating: "a", count: 321), .tooLong),
  ])
  func `what is not an address is refused with its reason`(text: String, error: AddressError) {
    #expect(throws: error) { try Address(text: text) }
    #expect(error.message.hasSuffix("."))
    #expect(!error.code.isEmpty)
  }

  @Test func `staff type numbers as they like`() throws {
    #expect(try Address.phone("07700 900123").text == "tel:+447700900123")
    #expect(try Address.phone("(212) 555-0123", region: "US").text == "tel:+12125550123")
    #expect(throws: PhoneNumberError.wrongLength) { try Address.phone("07700 90012") }
  }

  @Test(arguments: [
    ("tel:+447700900123", false, true), ("tel:60777", true, false), ("name:ElmHomes", false, false),
    ("email:a@b.example", false, true), ("whatsapp:447700900123", false, true),
    ("slack:C024BE91L", false, true),
  ])
  func `machines are never answered`(text: String, isShortCode: Bool, canBeRepliedTo: Bool) throws {
    let address = try Address(text: text)
    #expect(address.isShortCode == isShortCode)
    #expect(address.canBeRepliedTo == canBeRepliedTo)
  }

  @Test func `the number within an address is known`() throws {
    #expect(try Address(text: "tel:+447700900123").phoneNumber?.kind == .mobile)
    #expect(try Address(text: "whatsapp:447700900123").phoneNumber?.e164 == "+447700900123")
    #expect(try Address(text: "whatsapp:GB.123").phoneNumber == nil)
    #expect(try Address(text: "tel:60777").phoneNumber == nil)
    #expect(try Address(text: "email:a@b.example").phoneNumber == nil)
  }

  @Test(arguments: Address.Scheme.allCases)
  func `thousands of hostile texts of every scheme do no harm`(scheme: Address.Scheme) {
    var randomness = SplitMix64(seed: 8)
    let alphabet = Array("+0123456789 .-@abGB_=/\u{301}é:\n".unicodeScalars)
    for round in 0..<2_500 {
      let value =
        round.isMultiple(of: 2)
        ? randomness.hostileText(upTo: 40) : randomness.text(from: alphabet, count: 8)
      guard let address = try? Address(text: scheme.rawValue + ":" + value) else { continue }
      #expect(address.scheme == scheme)
      #expect((try? Address(text: address.text)) == address)
      #expect(address.text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
    }
  }
}
