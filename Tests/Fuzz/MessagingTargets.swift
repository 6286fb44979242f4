import Messaging

let messagingTargets = [
  FuzzTarget("address", readAddress), FuzzTarget("phone-number", readPhoneNumber),
  FuzzTarget("instant", readInstant), FuzzTarget("record-id", readRecordID),
  FuzzTarget("segments", readSegments), FuzzTarget("typography", readTypography),
  FuzzTarget("normal", readNormal), FuzzTarget("folding", readFolding),
]

private func readAddress(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  do throws(AddressError) {
    let address = try Address(text: text)
    claim(!address.value.isEmpty, "there is a value")
    claim((try? Address(text: address.text)) == address, "the text form is read: \(address.text)")
    claim(!address.canBeRepliedTo || address.scheme != .name, "a name has no replies")
    claim(address.phoneNumber == nil || [.tel, .whatsapp].contains(address.scheme), "a number")
    claim(address.text.utf8.allSatisfy { (32...126).contains($0) }, "plain ASCII")
  } catch {
    claim(!error.message.isEmpty && !error.code.isEmpty, "an error says what is wrong")
  }
}

private func readPhoneNumber(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let region = input.pick(PhoneNumber.regions)
  guard let number = try? PhoneNumber(input.text, region: region) else { return }
  let digits = number.e164.utf8.dropFirst()
  claim(number.e164.utf8.first == 43 && (7...15).contains(digits.count), "its length")
  claim(digits.allSatisfy { (48...57).contains($0) }, "its digits")
  for region in PhoneNumber.regions {
    claim((try? PhoneNumber(number.e164, region: region)) == number, "E.164 is read everywhere")
  }
  let address = try? Address.phone(input.text, region: region)
  claim(address?.phoneNumber == number, "the address holds the number")
}

private func readInstant(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  if let instant = Instant(iso8601: text) {
    claim(Instant(iso8601: instant.iso8601) == instant, "the written time is read: \(text)")
  }
  if let date = CivilDate(iso8601: text) {
    claim(date.iso8601.isSame(text), "a day has one spelling")
    claim(CivilDate(year: date.year, month: date.month, day: date.day) == date, "its parts")
  }
  guard bytes.count == 8 else { return }
  let milliseconds = Int64(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) })
  claim(Instant(milliseconds: milliseconds).iso8601.utf8.last == 90, "any time can be written")
}

private func readRecordID(_ bytes: [UInt8]) {
  if let id = RecordID(text: String(decoding: bytes, as: UTF8.self)) {
    claim(RecordID(text: id.text) == id, "the text is read")
    claim(RecordID(bytes: id.bytes) == id, "the bytes are read")
  }
  if let id = RecordID(bytes: bytes) {
    claim(id.bytes == bytes && RecordID(text: id.text) == id, "bytes and text")
  }
}

private func readSegments(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let segments = Segments(of: text)
  let parts = segments.split
  claim(parts.count == segments.parts, "the number of parts")
  claim(parts.joined().isSame(text), "the parts joined are the text")
  let widths = parts.map { width(of: $0, in: segments.encoding) }
  claim(widths.reduce(0, +) == segments.units, "the units are those of the parts")
  claim(segments.encoding == .ucs2 || Segments.costly(in: text).isEmpty, "nothing costly in GSM-7")
  let (single, several) = segments.encoding == .gsm7 ? (160, 153) : (70, 67)
  claim(widths.allSatisfy { $0 <= (parts.count == 1 ? single : several) }, "no part is too long")
  // A part is left short only by a character of two units that did not fit.
  claim(widths.dropLast().allSatisfy { $0 >= several - 1 }, "no part is too short")
  claim(parts.count < 2 || segments.units > single, "no needless parts")
}

private func width(of text: String, in encoding: Segments.Encoding) -> Int {
  guard encoding == .gsm7 else { return text.utf16.count }
  return text.unicodeScalars.reduce(0) {
    $0 + ("^{}\\[~]|€\u{C}".unicodeScalars.contains($1) ? 2 : 1)
  }
}

private func readTypography(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let (plain, replacements) = Typography.plain(text)
  claim(replacements.isEmpty == plain.isSame(text), "a change is told")
  claim(Typography.plain(plain).replacements.isEmpty, "nothing is left to replace")
  for replacement in replacements {
    let count = text.unicodeScalars.count { $0 == replacement.from }
    claim(replacement.count == count && !replacement.name.isEmpty, "each is counted and named")
  }
}

private func readNormal(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let nfc = Normal.nfc(text)
  claim(nfc == text, "NFC looks the same")
  claim(Normal.nfc(nfc).isSame(nfc), "NFC is stable")
  let nfkc = Normal.nfkc(text)
  claim(Normal.nfkc(nfkc).isSame(nfkc), "NFKC is stable")
  claim(Normal.nfc(nfkc).isSame(nfkc), "NFKC is NFC")
  claim(Normal.nfkc(nfc).isSame(nfkc), "NFKC does not depend on the spelling")
}

private func readFolding(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let folded = Folding.fold(text)
  claim(
    Folding.fold(folded).isSame(folded),
    "folding again changes nothing: \(Array(folded.unicodeScalars))")
  claim(folded.unicodeScalars.count <= Folding.limit, "the length is limited")
  claim(Normal.nfc(folded).isSame(folded), "it is in NFC")
  claim(!folded.utf8.contains { (65...90).contains($0) || $0 < 32 }, "small letters")
  claim(!folded.hasPrefix(" ") && !folded.hasSuffix(" ") && !folded.contains("  "), "the spaces")
  claim(Folding.words(text).joined(separator: " ").isSame(folded), "the words are the text")
}
