import Channels
import Crypto
import HTTP
import Messaging

@testable import Gateway

/// Twilio's side: what it says about a request to send, and how it calls us.
enum Provider {
  static let token = "12345678901234567890123456789012"
  static let accountSID = "AC00000000000000000000000000000000"
  static let publicURL = "https://text.elmhomes.example"

  /// What becomes of one request to send.
  enum Answer: Sendable {
    /// It is taken; the person gets it.
    case taken
    /// An answer of that status and Twilio's own error code; nobody gets it.
    case error(status: Int, code: Int, retryAfter: String? = nil)
    /// An answer that is not Twilio's.
    case garbage(status: Int, body: String)
    /// No answer, and nothing was sent.
    case neverSent
    /// No answer; the person gets it all the same, or does not.
    case timedOut(arrives: Bool)
    /// The connection broke.
    case broken(arrives: Bool)

    /// Whether the person gets the message.
    var arrives: Bool {
      switch self {
      case .taken: true
      case .timedOut(let arrives), .broken(let arrives): arrives
      case .error, .garbage, .neverSent: false
      }
    }
  }

  /// What is known after that answer, in the words of the channel itself.
  static func outcome(_ answer: Answer, sid: String, on channel: ConfiguredChannel) -> SendOutcome {
    switch answer {
    case .taken:
      return channel.channel.outcome(
        of: HTTPResponse(status: 201, type: "application/json", text: #"{"sid":"\#(sid)"}"#))
    case .error(let status, let code, let retryAfter):
      var response = HTTPResponse(
        status: status, type: "application/json",
        text: #"{"code":\#(code),"message":"no","status":\#(status)}"#)
      if let retryAfter { response.headers.append(HTTPHeader("Retry-After", retryAfter)) }
      return channel.channel.outcome(of: response)
    case .garbage(let status, let body):
      return channel.channel.outcome(
        of: HTTPResponse(status: status, type: "text/html", text: body))
    case .neverSent: return TransportFailure.neverSent.outcome
    case .timedOut: return TransportFailure.timedOut.outcome
    case .broken: return TransportFailure.broken.outcome
    }
  }

  /// A callback as Twilio makes and signs it, to a path such as `/hooks/main`.
  static func callback(
    _ fields: [(String, String)], to path: String, token: String = token
  )
    throws -> HTTPRequest
  {
    let url = publicURL + path
    let signed =
      url
      + fields.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }.map { $0.0 + $0.1 }
      .joined()
    let code = try HMAC(.sha1, key: Secret(token)).code(for: Array(signed.utf8))
    let form = FormFields(fields.map { FormFields.Field($0.0, $0.1) })
    return HTTPRequest(
      method: "POST", url: path,
      headers: [
        HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
        HTTPHeader("X-Twilio-Signature", Base64.encode(code)),
      ], body: form.encoded())
  }

  /// A person's text as Twilio brings it.
  static func message(
    _ body: String, from sender: String, sid: String, more: [(String, String)] = []
  ) -> [(String, String)] {
    [
      ("MessageSid", sid), ("AccountSid", accountSID), ("From", sender), ("To", "+447700900001"),
      ("Body", body), ("NumMedia", "0"),
    ].filter { field in !more.contains { $0.0 == field.0 } } + more
  }

  /// The number and the words of a request to send.
  static func sent(_ request: HTTPRequest) -> (to: String, text: String, callback: String)? {
    guard let form = try? FormFields(parsing: request.body), let to = form.first("To"),
      let text = form.first("Body"), let callback = form.first("StatusCallback")
    else { return nil }
    return (to, text, callback)
  }
}
