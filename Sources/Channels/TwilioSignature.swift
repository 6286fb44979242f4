import Crypto
import HTTP

/// Twilio's signature of a callback: `X-Twilio-Signature`.
///
/// It is the base 64 of HMAC-SHA1, under the auth token, over the URL followed by the form's fields:
/// names sorted by their bytes, each followed by its value; a name with several values has each
/// distinct value once, sorted. A body that is not a form is bound by `bodySHA256` in the URL's
/// query, the hexadecimal SHA-256 of the body, and then only the URL is signed. Twilio is not
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
    let sorted = fields.sorted { left, right in
      left.name.utf8.elementsEqual(right.name.utf8)
        ? left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
        : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count })
    for (index, field) in sorted.enumerated() {
      if index > 0, field.isSameBytes(as: sorted[index - 1]) { continue }
      bytes += field.name.utf8
      bytes += field.value.utf8
    }
    return bytes
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

extension FormFields.Field {
  fileprivate func isSameBytes(as other: FormFields.Field) -> Bool {
    name.utf8.elementsEqual(other.name.utf8) && value.utf8.elementsEqual(other.value.utf8)
  }
}
