import Console
import HTTP
import Messaging
import Testing

@Suite struct PhonePageTests {
  private static let hostile = [
    "<script>alert(1)</script>",
    "</bdi></li></ol><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "\" style=\"position:fixed\" x=\"",
    "<!--", "]]><b>", "</title><b>", "<noscript><meta http-equiv=refresh>",
    "\u{202E}gnp.exe", "a\0<b>", "<b>" + String(repeating: "a", count: 1_600),
  ]

  @Test(arguments: hostile)
  func `no field of the view can become markup`(payload: String) {
    var view = Self.view
    let resident = PhoneResident(
      address: Address(scheme: .tel, value: payload), name: payload, home: payload,
      language: payload)
    view.landlord = payload
    view.number = payload
    view.residents.append(resident)
    view.selected = resident
    view.hints = [PhoneHint(word: payload, meaning: payload)]
    view.csrf = payload
    view.notice = payload
    view.messages.append(
      PhoneMessage(
        id: payload, direction: .outbound, text: payload, language: payload, time: payload,
        status: payload))
    for response in [PhonePage.render(view), PhonePage.messages(view, after: nil)] {
      #expect(!text(of: response).utf8Contains(payload))
      #expect(tags(in: text(of: response)).isSubset(of: tags(in: text(of: everything))))
    }
  }

  @Test(
    arguments: [
      String(repeating: "x", count: 1_600), "Family 👩‍👩‍👧 and café", "آگ کا دروازہ بند رکھیں",
    ])
  func `an honest text comes through whole, isolated and with its own direction`(words: String) {
    var view = Self.view
    view.messages = [
      PhoneMessage(id: "1", direction: .outbound, text: words, language: "ur", time: "10:04")
    ]
    let isolated = "<bdi dir=\"auto\" lang=\"ur\">" + words + "</bdi>"
    #expect(text(of: PhonePage.render(view)).utf8Contains(isolated))
  }

  @Test(
    arguments: [
      ("Content-Type", "text/html; charset=utf-8"),
      (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
      ),
      ("X-Content-Type-Options", "nosniff"),
      ("Referrer-Policy", "no-referrer"),
      ("Cache-Control", "no-store"),
    ])
  func `page and fragment carry the security headers`(name: String, value: String) {
    #expect(PhonePage.render(Self.view).headers[name] == value)
    #expect(PhonePage.messages(Self.view, after: nil).headers[name] == value)
  }

  @Test func `the page asks for style and script under addresses of this site alone`() {
    let page = text(of: PhonePage.render(Self.view))
    #expect(page.utf8Contains("<link rel=\"stylesheet\" href=\"/phone/phone.css?v="))
    #expect(page.utf8Contains("<script src=\"/phone/phone.js?v="))
    #expect(!page.utf8Contains("http:"))
    #expect(!page.utf8Contains("https:"))
    #expect(!page.utf8Contains(" style="))
  }

  @Test func `every form that sends works without a script and proves whom it is from`() {
    let forms = text(of: PhonePage.render(Self.view)).split(separator: "<form").dropFirst()
    let sending = forms.filter { $0.contains("method=\"post\"") }
    #expect(forms.count == 4)
    #expect(sending.count == 3)
    for form in sending {
      #expect(form.contains("action=\"/phone/send\""))
      #expect(form.contains("<input type=\"hidden\" name=\"as\" value=\"tel:+447700900123\">"))
      #expect(form.contains("<input type=\"hidden\" name=\"csrf\" value=\"token-1\">"))
      #expect(form.contains(" name=\"text\""))
    }
  }

  @Test func `the picker is a plain form with one choice selected`() {
    let page = text(of: PhonePage.render(Self.view))
    #expect(page.utf8Contains("method=\"get\" action=\"/phone\""))
    #expect(
      page.utf8Contains("<option value=\"tel:+447700900123\" selected>Amina Khan (Urdu), Flat 12"))
    #expect(page.utf8Contains("<option value=\"tel:+447700900124\">Bryn Lewis (Welsh), Flat 7"))
  }

  @Test func `somebody outside the list can be selected`() {
    var view = Self.view
    view.residents.removeFirst()
    #expect(
      text(of: PhonePage.render(view)).utf8Contains("<option value=\"tel:+447700900123\" selected>")
    )
  }

  @Test(arguments: [true, false])
  func `the page reloads by itself only while a reply is expected`(isWaiting: Bool) {
    var view = Self.view
    view.isWaiting = isWaiting
    let page = text(of: PhonePage.render(view))
    let reload = "<noscript><meta http-equiv=\"refresh\" content=\"1\"></noscript>"
    #expect(page.utf8Contains(reload) == isWaiting)
    #expect(page.utf8Contains("data-waiting=\"yes\"") == isWaiting)
    #expect(page.utf8Contains("href=\"/phone?as=tel%3A%2B447700900123#latest\""))
  }

  @Test(
    arguments: [
      (nil, ["a", "b", "c"]), ("a", ["b", "c"]), ("b", ["c"]), ("c", []),
      ("unknown", ["a", "b", "c"]), ("", ["a", "b", "c"]),
    ] as [(String?, [String])])
  func `only the messages after the cursor are given`(cursor: String?, expected: [String]) {
    let fragment = text(of: PhonePage.messages(Self.view, after: cursor))
    let found = ["a", "b", "c"].filter { fragment.utf8Contains("data-id=\"\($0)\"") }
    #expect(found == expected)
    #expect(!fragment.utf8Contains("<html"))
  }

  @Test func `only what the landlord pays for shows its parts`() {
    let fragment = text(of: PhonePage.messages(Self.view, after: nil))
    #expect(fragment.utf8Contains("<small>10:03</small>"))
    #expect(fragment.utf8Contains("<small>10:04 · 2 parts · Delivered</small>"))
    #expect(fragment.utf8Contains("<small>10:05 · 1 part</small>"))
  }

  @Test func `a text that was taken leads back to the conversation`() {
    let response = PhonePage.sent(as: Self.view.selected.address)
    #expect(response.status == 303)
    #expect(response.headers["Location"] == "/phone?as=tel%3A%2B447700900123#latest")
  }

  @Test func `a notice is told with the status it was given`() {
    var view = Self.view
    view.notice = "Write something first."
    let response = PhonePage.render(view, status: 422)
    #expect(response.status == 422)
    #expect(text(of: response).utf8Contains("role=\"alert\">Write something first.</p>"))
  }

  @Test func `every control of the page has a name`() {
    let page = text(of: PhonePage.render(Self.view))
    for id in ["as", "text"] { #expect(page.utf8Contains("<label for=\"\(id)\">")) }
    #expect(page.utf8Contains("<html lang=\"en-GB\">"))
    #expect(!page.utf8Contains("></button>"))
  }

  private static let view: PhoneView = {
    let amina = PhoneResident(
      address: Address(scheme: .tel, value: "+447700900123"), name: "Amina Khan",
      home: "Flat 12, Oak Tower", language: "Urdu")
    let bryn = PhoneResident(
      address: Address(scheme: .tel, value: "+447700900124"), name: "Bryn Lewis",
      home: "Flat 7, Oak Tower", language: "Welsh")
    return PhoneView(
      landlord: "Elm Homes", number: "07700 900001", residents: [amina, bryn], selected: amina,
      messages: [
        PhoneMessage(id: "a", direction: .inbound, text: "GOLDEN", time: "10:03"),
        PhoneMessage(
          id: "b", direction: .outbound,
          text: "Elm Homes: The golden thread is your block's record.",
          time: "10:04", parts: 2, status: "Delivered"),
        PhoneMessage(id: "c", direction: .outbound, text: "Elm Homes: Hello.", time: "10:05"),
      ],
      hints: [PhoneHint(word: "FIRE DOOR", meaning: "what the fire doors do")], csrf: "token-1")
  }()

  /// A page that has every tag in it that any page may have.
  private var everything: HTTPResponse {
    var view = Self.view
    view.isWaiting = true
    return PhonePage.render(view)
  }

  private func text(of response: HTTPResponse) -> String {
    String(decoding: response.body, as: UTF8.self)
  }

  /// What each `<` of the markup begins, with the names of its attributes but not their values.
  private func tags(in page: String) -> Set<String> {
    Set(
      page.split(separator: "<").map { piece in
        let tag = piece.prefix { $0 != ">" }
        return tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined(separator: "…")
      })
  }
}

extension String {
  /// Whether the bytes of `part` stand in this text; by bytes, since `==` unites what looks alike.
  func utf8Contains(_ part: String) -> Bool {
    let whole = Array(utf8)
    let wanted = Array(part.utf8)
    guard let first = wanted.first, whole.count >= wanted.count else { return wanted.isEmpty }
    return (0...(whole.count - wanted.count)).contains { start in
      whole[start] == first && whole[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }
}
