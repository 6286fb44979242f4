import Crypto
import HTTP

/// Twilio's signature of a callback: `X-Twilio-Signature`.
///
/// It is the base 64 of HMAC-SHA1, under the auth token, over the URL followed by the form's
/// fields: names sorted by their bytes, each followed by its value; a name with several values has
/// each distinct value once, sorted. A body that is not a form is bound by `bodySHA256` in the
/// URL's query, the hexadecimal SHA-256 of the body, and then only the URL is signed. Twilio is not
/// consistent about the port, so the URL is tried with and without it. There is no time in it:
/// replays are stopped by the id of the message.
///
/// Sources: <https://www.twilio.com/docs/usage/webhooks/webhooks-security>, and for the port, the
/// distinct values and the body's hash Twilio's own library,
/// <https://github.com/twilio/twilio-python/blob/main/twilio/request_validator.py>.
struct TwilioSignature: Sendable {
  /// One for each auth token, the newest first; two while the token is rotated.
  let keys: [HMAC]

  /// Throws unless the callback was signed with one of the tokens.
  func verify(_ callback: Callback) throws(WebhookRejection) {
    guard let header = callback.request.headers["X-Twilio-Signature"], !header.isEmpty else {
      throw .missingSignature
    }
    guard let signature = Base64.decode(header), let fields = Self.signedFields(callback) else {
      throw .badSignature
    }
    for url in Self.urls(callback) {
      let message = Array(url.utf8) + fields
      for key in keys where key.isCode(signature, for: message) { return }
    }
    throw .badSignature
  }

  /// What is signed after the URL; nil when the body is not covered by any signature.
  private static func signedFields(_ callback: Callback) -> [UInt8]? {
    let body = callback.request.body
    if callback.isForm {
      guard let form = callback.form else { return nil }
      return joined(form.fields)
    }
    if let hash = callback.query.first("bodySHA256") {
      guard let bytes = Hex.decode(hash), constantTimeEqual(bytes, SHA256.hash(body)) else {
        return nil
      }
      return []
    }
    return body.isEmpty ? [] : nil
  }

  private static func joined(_ fields: [FormFields.Field]) -> [UInt8] {
    // Places are sorted in place of fields, so that no text is retained for every move.
    let sorted = fields.indices.sorted { order(fields[$0], fields[$1]) < 0 }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count })
    var last: Int?
    for index in sorted {
      defer { last = index }
      if let last, order(fields[last], fields[index]) == 0 { continue }
      bytes.append(contentsOf: fields[index].name.utf8)
      bytes.append(contentsOf: fields[index].value.utf8)
    }
    return bytes
  }

  /// Below zero, zero or above it as the left field sorts before, with or after the right one.
  private static func order(_ left: FormFields.Field, _ right: FormFields.Field) -> Int {
    let names = byteOrder(left.name, right.name)
    return names == 0 ? byteOrder(left.value, right.value) : names
  }

  /// The URL without a port and with one; only as it is where it cannot be taken apart.
  private static func urls(_ callback: Callback) -> [String] {
    guard let url = callback.url else { return [callback.request.url] }
    let start = url.scheme + "://" + url.host
    let rest = url.path + (url.query.map { "?" + $0 } ?? "")
    let port = url.port ?? (url.isSecure ? 443 : 80)
    return [start + rest, start + ":" + String(port) + rest]
  }
}
