import HTTP
import Messaging
import Testing

@testable import Console

@Suite struct PhonePageScriptTests {
  @Test(arguments: [
    "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write", "://",
  ])
  func `the script makes no markup and calls nobody else`(word: String) {
    #expect(!PhonePage.behaviour.contains(word))
  }

  @Test func `every element that the script looks for is on the page`() {
    let view = PhoneView(
      landlord: "Elm Homes", number: "07700 900001", residents: [],
      selected: PhoneResident(
        address: .init(scheme: .tel, value: "+447700900123"), name: "Amina Khan",
        home: "Flat 12, Oak Tower", language: "Urdu"), csrf: "token-1")
    let page = String(decoding: PhonePage.render(view).body, as: UTF8.self)
    let ids = PhonePage.behaviour.matches(of: /find\("([a-z]+)"\)/).map { String($0.1) }
    #expect(ids.count >= 10)
    for id in ids { #expect(page.contains(" id=\"\(id)\""), "\(id)") }
    #expect(page.contains("class=\"sends"))
  }

  @Test func `the script is served as one`() {
    #expect(PhonePage.script.headers["Content-Type"] == "text/javascript; charset=utf-8")
    #expect(PhonePage.script.headers["X-Content-Type-Options"] == "nosniff")
    #expect(PhonePage.script.body == Array(PhonePage.behaviour.utf8))
  }

  @Test(arguments: [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c")])
  func `the version of a content is its FNV-1a hash`(content: String, expected: String) {
    #expect(PhonePage.version(of: content) == expected)
  }
}
