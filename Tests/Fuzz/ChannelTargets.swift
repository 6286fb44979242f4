import Channels
import Crypto
import HTTP
import Messaging

let channelTargets = [
  FuzzTarget("twilio-signed", readSignedTwilio), FuzzTarget("twilio-forged", readForgedTwilio),
  FuzzTarget("twilio-outcome", readTwilioOutcome), FuzzTarget("simulator", readSimulator),
  FuzzTarget("wire-line", readWireLine), FuzzTarget("codings", readCodings),
]

private let url = "https://h.example/hooks/main"
private let token = Secret("a-token-that-no-seed-was-signed-with")
private let now = Instant(milliseconds: 1_795_514_400_000)

private let twilio = channel([
  "provider": "twilio", "number": "+447700900001",
  "accountSID": "AC00000000000000000000000000000001",
  "authToken": .string(String(decoding: token.bytes, as: UTF8.self)),
])
private let simulator = channel(["provider": "simulator"])

private func channel(_ settings: JSON) -> ConfiguredChannel {
  do {
    return try ConfiguredChannel(name: "main", settings: settings, lookup: .none)
  } catch {
    fatalError(error.sentence)
  }
}

/// The first byte says whether the rest is a form, a query or a body of JSON; it is signed rightly,
/// so that it reaches the reading of events, and is then signed wrongly in three ways.
private func readSignedTwilio(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let request: HTTPRequest
  switch input.byte() % 3 {
  case 0: request = signed(form: Array(input.rest), query: "")
  case 1: request = signed(form: nil, query: "?" + input.text)
  default:
    let body = Array(input.rest)
    let query = "?ref=a%20b&bodySHA256=" + Hex.encode(SHA256.hash(body))
    request = signed(form: nil, query: query, body: body)
  }
  let verdict = Webhook.receive(request, on: twilio, now: now)
  check(verdict)
  if verdict.kind == .refused {
    let isReadable = !Callback(request).isForm || Callback(request).form != nil
    claim(!isReadable || verdict.reason == "not-ours", "what is signed is believed")
  }
  guard verdict.kind != .refused else { return }
  var forged = request
  forged.headers[0].value = String(forged.headers[0].value.reversed())
  claim(Webhook.receive(forged, on: twilio, now: now).kind == .refused, "a changed signature")
  forged = request
  forged.url += "x"
  claim(Webhook.receive(forged, on: twilio, now: now).kind == .refused, "a changed URL")
  forged = request
  forged.body += Array("&\(request.body.count)=1".utf8)
  claim(Webhook.receive(forged, on: twilio, now: now).kind == .refused, "a changed body")
}

/// A request signed as Twilio's documentation says, by code that is not the channel's.
private func signed(form: [UInt8]?, query: String, body: [UInt8] = []) -> HTTPRequest {
  var message = Array((url + query).utf8)
  if let form, let fields = try? FormFields(parsing: form) {
    let pairs = fields.fields.map { [Array($0.name.utf8), Array($0.value.utf8)] }
    for pair in Set(pairs).sorted(by: isBefore) { message += pair[0] + pair[1] }
  }
  let code = (try? HMAC(.sha1, key: token))?.code(for: message) ?? []
  let type = form == nil ? "application/json" : "application/x-www-form-urlencoded"
  return HTTPRequest(
    method: "POST", url: url + query,
    headers: [
      HTTPHeader("X-Twilio-Signature", Base64.encode(code)), HTTPHeader("Content-Type", type),
    ],
    body: form ?? body)
}

private func isBefore(_ left: [[UInt8]], _ right: [[UInt8]]) -> Bool {
  left[0] == right[0]
    ? left[1].lexicographicallyPrecedes(right[1]) : left[0].lexicographicallyPrecedes(right[0])
}

private func check(_ verdict: WebhookVerdict) {
  claim(verdict.kind == .accepted || verdict.events.isEmpty, "only accepted ones have events")
  var sender: Address?
  for event in verdict.events {
    switch event {
    case .message(let message):
      claim((1...64).contains(message.providerID.utf8.count), "the id")
      claim(!message.from.value.isEmpty && !message.to.value.isEmpty, "the addresses")
      claim(message.from.text.utf8.allSatisfy { (32...126).contains($0) }, "their signs")
      claim(message.media.count <= 20, "the number of files")
      sender = message.from
    case .optOut(let from), .optIn(let from): claim(from == sender, "the same person")
    case .receipt(let receipt): claim((1...64).contains(receipt.providerID.utf8.count), "the id")
    }
  }
}

/// The input is header lines, an empty line and a body; nothing in it is signed with our token.
private func readForgedTwilio(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  var request = HTTPRequest(method: "POST", url: url + "?" + input.line())
  while case let line = input.line(), !line.isEmpty {
    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    request.headers.append(HTTPHeader(String(parts[0]), String(parts.last ?? "").trimmed))
  }
  request.body = Array(input.rest)
  let verdict = Webhook.receive(request, on: twilio, now: now)
  claim(verdict.kind == .refused && verdict.reply.status == 403, "nothing is believed")
  claim(verdict.events.isEmpty, "nothing is read")
}

/// Two bytes of status, a line for Retry-After, and the body.
private func readTwilioOutcome(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let status = 100 + (Int(input.byte()) << 8 | Int(input.byte())) % 500
  let headers = [HTTPHeader("Retry-After", input.line())]
  let response = HTTPResponse(status: status, headers: headers, body: Array(input.rest))
  switch twilio.channel.outcome(of: response) {
  case .accepted(let ids): claim(status / 100 == 2 && !ids.isEmpty, "acceptance is proven")
  case .refused(_, let code): claim(status / 100 == 4 && code != nil, "refusal is proven")
  case .retry(_, let code, let after):
    claim(status / 100 == 4 || status == 503 && code == "20503", "not sending is proven")
    claim((.zero...(.seconds(900))).contains(after ?? .zero), "the wait is limited")
  case .unknown: break
  }
}

private func readSimulator(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let type = input.byte() % 2 == 0 ? "application/json" : "application/x-www-form-urlencoded"
  let request = HTTPRequest(
    method: "POST", url: url, headers: [HTTPHeader("Content-Type", type)], body: Array(input.rest))
  let verdict = Webhook.receive(request, on: simulator, now: now)
  check(verdict)
  claim(verdict.kind != .refused, "there is nothing to refuse")
  for case .message(let message) in verdict.events {
    claim((try? Address(text: message.from.text)) == message.from, "the sender's text form")
  }
}

private func readWireLine(_ bytes: [UInt8]) {
  let answer = wireLine(bytes, lookup: .none)
  claim(!answer.contains(10) && !answer.contains(13), "one line")
  let json = try? JSON(parsing: answer, limits: JSON.Limits(values: .max, bytes: .max))
  claim(json?["id"] != nil, "an object with an id")
  let isDone = json?["verdict"] != nil || json?["requests"] != nil
  claim(isDone != (json?["error"] != nil), "done, or an error")
}

private func readCodings(_ bytes: [UInt8]) {
  claim(Base64.decode(Base64.encode(bytes)) == bytes, "base 64 is read")
  claim(Hex.decode(Hex.encode(bytes)) == bytes, "base 16 is read")
  if let decoded = Base64.decode(bytes) {
    claim(Array(Base64.encode(decoded).utf8) == bytes, "one spelling")
  }
  let text = String(decoding: bytes, as: UTF8.self)
  if let decoded = Hex.decode(text) { claim(Hex.encode(decoded) == text.lowercased(), "digits") }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
