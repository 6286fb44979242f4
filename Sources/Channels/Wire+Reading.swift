import Crypto
import HTTP
import Messaging

/// An error of a line, at a key.
func wrong(_ path: String, _ reason: String) -> SettingsError {
  SettingsError(path: path, reason: reason)
}

/// What the values of a line mean; errors name the key.
extension JSON {
  /// The value of `receive`: the request as the provider made it.
  func request(at path: String) throws(SettingsError) -> HTTPRequest {
    guard let method = self["method"]?.string, let url = self["url"]?.string else {
      throw wrong(path, "must have a method and a url")
    }
    return HTTPRequest(
      method: method, url: url, headers: try headers(at: path), body: try body(at: path))
  }

  /// The value of `responses`: the provider's answers in order.
  func responses() throws(SettingsError) -> [HTTPResponse] {
    guard let array else { throw wrong("responses", "must be a list") }
    var responses: [HTTPResponse] = []
    for (index, element) in array.enumerated() {
      let path = "responses[\(index)]"
      guard let status = element["status"]?.integer, (100...599).contains(status) else {
        throw wrong(path + ".status", "must be a status from 100 to 599")
      }
      responses.append(
        HTTPResponse(
          status: Int(status), headers: try element.headers(at: path),
          body: try element.body(at: path)))
    }
    return responses
  }

  /// The value of `transport`: how the exchange ended without an answer; nil for `null`.
  func transportFailure() throws(SettingsError) -> TransportFailure? {
    if isNull { return nil }
    switch string {
    case "timeout": return .timedOut
    case "refused-connection": return .neverSent
    case "reset": return .broken
    default: throw wrong("transport", "must be timeout, refused-connection or reset")
    }
  }

  /// The value of `send`: the message.
  func message() throws(SettingsError) -> OutboundMessage {
    guard let text = self["text"]?.string, let reference = self["reference"]?.string else {
      throw wrong("send", "must have a text and a reference")
    }
    guard let spelling = self["to"]?.string, let to = try? Address(text: spelling) else {
      throw wrong("send.to", "must be an address such as tel:+447700900123")
    }
    var message = OutboundMessage(to: to, text: text, reference: reference)
    for (index, choice) in (self["choices"]?.array ?? []).enumerated() {
      guard let id = choice["id"]?.string, let label = choice["label"]?.string else {
        throw wrong("send.choices[\(index)]", "must have an id and a label")
      }
      message.choices.append(.init(id: id, label: label))
    }
    if let picture = self["picture"], !picture.isNull {
      guard let url = picture["url"]?.string else { throw wrong("send.picture", "must have a url") }
      message.picture = .init(url: url, alt: picture["alt"]?.string ?? "")
    }
    return message
  }

  private func headers(at path: String) throws(SettingsError) -> [HTTPHeader] {
    var headers: [HTTPHeader] = []
    for (index, pair) in (self["headers"]?.array ?? []).enumerated() {
      guard pair.array?.count == 2, let name = pair[0]?.string, let value = pair[1]?.string else {
        throw wrong("\(path).headers[\(index)]", "must be a name and a value")
      }
      headers.append(HTTPHeader(name, value))
    }
    return headers
  }

  private func body(at path: String) throws(SettingsError) -> [UInt8] {
    if let text = self["body"]?.string { return Array(text.utf8) }
    guard let coded = self["bodyBase64"], !coded.isNull else { return [] }
    guard let bytes = coded.string.flatMap({ Base64.decode($0) }) else {
      throw wrong(path + ".bodyBase64", "must be base 64 with padding")
    }
    return bytes
  }
}
