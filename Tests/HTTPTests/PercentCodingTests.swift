import HTTP
import Testing

@Suite struct PercentCodingTests {
  @Test(arguments: [
    ("abcXYZ019-._*~", "abcXYZ019-._*%7E", "abcXYZ019-._%2A~"),
    ("a b", "a+b", "a%20b"),
    ("+44&x=1%", "%2B44%26x%3D1%25", "%2B44%26x%3D1%25"),
    ("café €😀", "caf%C3%A9+%E2%82%AC%F0%9F%98%80", "caf%C3%A9%20%E2%82%AC%F0%9F%98%80"),
    ("\r\n\u{0}/?#", "%0D%0A%00%2F%3F%23", "%0D%0A%00%2F%3F%23"),
    ("", "", ""),
  ])
  func `text is encoded for its place and decoded again`(
    text: String, form: String, component: String
  ) throws {
    #expect(PercentCoding.encoded(text, for: .form) == form)
    #expect(PercentCoding.encoded(text, for: .component) == component)
    let fromForm = try PercentCoding.decoded(Array(form.utf8)[...], from: .form)
    let fromComponent = try PercentCoding.decoded(Array(component.utf8)[...], from: .component)
    #expect(Array(fromForm.utf8) == Array(text.utf8))
    #expect(Array(fromComponent.utf8) == Array(text.utf8))
  }

  @Test func `a plus is a space only in a form, and digits may be small letters`() throws {
    let bytes = Array("a+b%c3%a9".utf8)[...]
    #expect(try PercentCoding.decoded(bytes, from: .form) == "a bé")
    #expect(try PercentCoding.decoded(bytes, from: .component) == "a+bé")
  }

  @Test(arguments: ["%", "%4", "a%", "a%4", "%GG", "%4G", "%%41", "%+1", "% 1", "%-1"])
  func `a broken sequence is an error`(text: String) {
    #expect(throws: PercentCoding.Malformed.percentSequence) {
      try PercentCoding.decoded(Array(text.utf8)[...], from: .form)
    }
  }

  @Test(arguments: ["%FF", "%C3", "%C3%28", "%ED%A0%80", "%C0%AF", "%F5%80%80%80"])
  func `bytes that are not UTF-8 are an error`(text: String) {
    #expect(throws: PercentCoding.Malformed.notUTF8) {
      try PercentCoding.decoded(Array(text.utf8)[...], from: .form)
    }
  }

  @Test func `raw bytes that are not UTF-8 are an error`() {
    #expect(throws: PercentCoding.Malformed.notUTF8) {
      try PercentCoding.decoded([0x61, 0xE9], from: .form)
    }
  }
}
