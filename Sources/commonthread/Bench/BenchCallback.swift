import Crypto
import HTTP

/// A signed callback of Twilio's, as a resident's text brings it.
struct BenchCallback {
  /// What was texted.
  let text: String

  private let key: HMAC

  /// Makes one with that text.
  init(text: String) throws {
    self.text = text
    key = try HMAC(.sha1, key: Secret(BenchStage.token))
  }

  /// The request that brings it from that number, under that id, to that address on this machine.
  func request(from number: String, id: String, to url: String) throws -> HTTPRequest {
    let form = FormFields([
      .init("AccountSid", BenchStage.account), .init("Body", text), .init("From", number),
      .init("MessageSid", id), .init("NumMedia", "0"), .init("NumSegments", "1"),
      .init("To", "+447700900001"),
    ])
    let signed = form.fields.reduce(BenchStage.publicURL + "/hooks/main") {
      $0 + $1.name + $1.value
    }
    return HTTPRequest(
      method: "POST", url: url,
      headers: [
        HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
        HTTPHeader("X-Twilio-Signature", Base64.encode(key.code(for: Array(signed.utf8)))),
      ], body: form.encoded())
  }
}
