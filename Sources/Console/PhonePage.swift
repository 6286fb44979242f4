import HTTP
import Messaging

/// The simulator phone: a page on which anyone can be a resident and text the landlord.
///
/// It works as plain HTML. The script only spares the reloads.
public enum PhonePage {
  /// The whole page, served at `/phone`.
  public static func render(_ view: PhoneView, status: Int = 200) -> HTTPResponse {
    .page(
      """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(view.selected.name) texts \(view.landlord)</title>
      <link rel="stylesheet" href="\("/phone/phone.css?v=" + stylesheetVersion)">
      <script src="\("/phone/phone.js?v=" + scriptVersion)" defer></script>
      \(view.isWaiting ? reload : nil)
      </head>
      <body>
      <a class="skip" href="#text">Skip to the message box</a>
      <main>
      \(picker(view))
      \(phone(view))
      \(words(view))
      </main>
      </body>
      </html>

      """, status: status)
  }

  /// The messages after the one whose id is `cursor`, served at `/phone/messages` for the script.
  ///
  /// All messages when `cursor` is nil or not among them. The script asks from a few messages back,
  /// so that it also learns what became of the last ones and misses none that was stored late.
  public static func messages(_ view: PhoneView, after cursor: String?) -> HTTPResponse {
    let place = view.messages.lastIndex { message in
      message.id.utf8.elementsEqual((cursor ?? "").utf8)
    }
    var rest = view
    rest.messages.removeFirst(place.map { $0 + 1 } ?? 0)
    return .page(list(rest))
  }

  /// The answer to a text that was taken: back to the conversation, at its newest message.
  public static func sent(as resident: Address) -> HTTPResponse {
    HTTPResponse(
      status: 303,
      headers: [
        HTTPHeader("Location", path(as: resident)), HTTPHeader("Cache-Control", "no-store"),
      ])
  }

  /// Where one is that resident: the path, the query, and the place of the newest message.
  public static func path(as resident: Address) -> String {
    "/phone?as=" + percentEncoded(resident.text) + "#latest"
  }

  /// `text` as the value of a query, all but the unreserved characters of RFC 3986 2.3 encoded.
  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let reload: HTML =
    "<noscript><meta http-equiv=\"refresh\" content=\"1\"></noscript>"

  private static func picker(_ view: PhoneView) -> HTML {
    let isListed = view.residents.contains { $0.address == view.selected.address }
    let choices = (isListed ? [] : [view.selected]) + view.residents
    return """
      <section class="who" aria-labelledby="title">
      <h1 id="title">Text \(view.landlord)</h1>
      <p class="told">Nobody is really texted: this phone is a simulator.</p>
      <form class="picker" id="picker" method="get" action="/phone">
      <label for="as">You are</label>
      <select id="as" name="as" autocomplete="off">
      \(choices.map { option($0, isSelected: $0.address == view.selected.address) })</select>
      <button id="be">Be this person</button>
      </form>
      <p class="more"><bdi>\(view.selected.name)</bdi> lives at <bdi>\(view.selected.home)</bdi>, \
      has the number <bdi>\(view.selected.address.value)</bdi> \
      and gets texts in \(view.selected.language).</p>
      </section>
      """
  }

  private static func option(_ resident: PhoneResident, isSelected: Bool) -> HTML {
    """
    <option value="\(resident.address.text)"\(isSelected ? " selected" : "")>\
    \(resident.name) (\(resident.language)), \(resident.home)</option>

    """
  }

  private static func words(_ view: PhoneView) -> HTML? {
    guard !view.hints.isEmpty else { return nil }
    return """
      <section class="words" aria-labelledby="try">
      <h2 id="try">Words to try</h2>
      <form class="sends" method="post" action="/phone/send">
      \(hiddenFields(view))
      <ul>
      \(view.hints.map(explainedHint))</ul>
      </form>
      </section>
      """
  }

  private static func explainedHint(_ hint: PhoneHint) -> HTML {
    "<li>\(button(sending: hint))\(hint.meaning)</li>\n"
  }
}
