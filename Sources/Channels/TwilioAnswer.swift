import HTTP
import Messaging

/// Twilio's answer to a request to send.
///
/// Sources: <https://www.twilio.com/docs/messaging/api/message-resource> for success,
/// <https://www.twilio.com/docs/usage/twilios-response> for errors,
/// <https://www.twilio.com/docs/api/errors/20429> (never processed, safe to repeat),
/// <https://www.twilio.com/docs/api/errors/20500> (may have been sent),
/// <https://www.twilio.com/docs/api/errors/20503> (not available, try again).
struct TwilioAnswer {
  private let response: HTTPResponse
  private let body: JSON?

  /// Reads an answer; a body that is not JSON, or over 1 MiB, counts as none.
  init(_ response: HTTPResponse) {
    self.response = response
    body = try? JSON(parsing: response.body, limits: JSON.Limits(bytes: 1 << 20))
  }

  /// What is proven by the answer; everything else is unknown.
  var outcome: SendOutcome {
    switch response.status {
    case 200...299:
      return sid.map { .accepted(providerIDs: [$0]) } ?? unproven
    case 429:
      return .retry(.rateLimit, code: code, after: retryAfter)
    case 503 where code == "20503":
      return .retry(.temporary, code: code, after: retryAfter)
    case 400...499:
      return code.map(refusal) ?? unproven
    default:
      return unproven
    }
  }

  /// A 4xx with Twilio's own error: nothing was sent, and the code says what to do.
  private func refusal(_ code: String) -> SendOutcome {
    let errorClass = TwilioErrors.errorClass(of: code, status: response.status)
    switch errorClass {
    case .temporary, .rateLimit: return .retry(errorClass, code: code, after: retryAfter)
    case .unknown: return .unknown(code: code)
    case .permanent, .badNumber, .optedOut, .window, .account:
      return .refused(errorClass, code: code)
    }
  }

  private var unproven: SendOutcome { .unknown(code: code ?? "http-\(response.status)") }

  /// The message's id: letters and digits, as Twilio's ids are.
  private var sid: String? {
    guard let sid = body?["sid"]?.string, (2...64).contains(sid.utf8.count),
      sid.utf8.allSatisfy(isAlphanumeric)
    else { return nil }
    return sid
  }

  /// Twilio's own error code, which has five digits; nil when the body is not Twilio's error.
  private var code: String? {
    guard let code = body?["code"]?.integer, (10_000...99_999).contains(code) else { return nil }
    return String(code)
  }

  /// How long Twilio asks us to wait, at most 15 minutes; nil when it does not say it in seconds.
  private var retryAfter: Duration? {
    guard let seconds = response.headers["Retry-After"].flatMap({ Int($0) }), seconds >= 0 else {
      return nil
    }
    return .seconds(min(seconds, 900))
  }
}
