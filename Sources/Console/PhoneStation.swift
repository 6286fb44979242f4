import Engagement
import Gateway
import HTTP
import Messaging
import Store

/// What stands behind the simulator phone: it shows a resident's messages, and hands what they text
/// to the same door that every provider's callback comes through.
public struct PhoneStation: Sendable {
  private let database: Database
  private let settings: GatewaySettings
  private let channel: String
  private let number: String
  private let csrf: String
  private let receive: @Sendable (HTTPRequest) -> HTTPResponse
  private let newID: @Sendable () -> RecordID

  /// Makes the station.
  ///
  /// - Parameters:
  ///   - database: Where the messages are.
  ///   - settings: What the configuration says.
  ///   - channel: The simulator channel's name.
  ///   - number: The number that residents text, as people read it.
  ///   - csrf: A text that nobody else can know, which every form carries.
  ///   - newID: Makes the ids of what residents text.
  ///   - receive: The door of callbacks.
  public init(
    database: Database, settings: GatewaySettings, channel: String, number: String,
    csrf: String,
    newID: @escaping @Sendable () -> RecordID,
    receive: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) {
    self.database = database
    self.settings = settings
    self.channel = channel
    self.number = number
    self.csrf = csrf
    self.newID = newID
    self.receive = receive
  }

  /// The answer to a request below `/phone`.
  public func answer(_ request: HTTPRequest) -> HTTPResponse {
    let halves = request.url.split(separator: "?", maxSplits: 1)
    let query = (try? FormFields(parsing: Array((halves.count > 1 ? halves[1] : "").utf8)))
    let isRead = request.method == "GET" || request.method == "HEAD"
    switch (isRead, halves.first.map(String.init) ?? "") {
    case (true, "/phone"): return page(as: query?.first("as"))
    case (true, "/phone/messages"):
      return conversation(as: query?.first("as"), after: query?.first("after"))
    case (true, "/phone/phone.css"): return PhonePage.stylesheet
    case (true, "/phone/phone.js"): return PhonePage.script
    case (false, "/phone/send") where request.method == "POST": return send(request)
    default: return HTTPResponse(status: 404, type: "text/plain", text: "There is no such page.\n")
    }
  }

  private func page(as text: String?) -> HTTPResponse {
    do {
      return PhonePage.render(try view(as: text))
    } catch {
      return Self.unavailable
    }
  }

  private func conversation(as text: String?, after cursor: String?) -> HTTPResponse {
    do {
      return PhonePage.messages(try view(as: text), after: cursor)
    } catch {
      return Self.unavailable
    }
  }

  private func send(_ request: HTTPRequest) -> HTTPResponse {
    guard let form = try? FormFields(parsing: request.body),
      let given = form.first("csrf"), given.utf8.elementsEqual(csrf.utf8),
      let address = form.first("as").flatMap({ try? Address(text: $0) })
    else {
      return HTTPResponse(
        status: 403, type: "text/plain", text: "Please open the phone again and text from there.\n")
    }
    let text = form.first("text") ?? ""
    guard !text.isEmpty, text.utf16.count <= 1600 else { return PhonePage.sent(as: address) }
    let message: JSON = [
      "id": .string(newID().text), "from": .string(address.text), "text": .string(text),
    ]
    let reply = receive(
      HTTPRequest(
        method: "POST", url: "/hooks/" + channel,
        headers: [HTTPHeader("Content-Type", "application/json")], body: message.serialized()))
    return reply.status < 300 ? PhonePage.sent(as: address) : Self.unavailable
  }

  private func view(as text: String?) throws -> PhoneView {
    let residents = try database.read { try $0.residentsWithAddresses(limit: Self.residentLimit) }
      .map { PhoneResident($0.resident, at: $0.address) }
    let asked = text.flatMap { try? Address(text: $0) }
    let selected =
      residents.first { $0.address == asked }
      ?? asked.map { PhoneResident(address: $0, name: "A stranger", home: "", language: "") }
      ?? residents.first
      ?? PhoneResident(
        address: Address(scheme: .tel, value: "+447700900123"), name: "A stranger", home: "",
        language: "")
    let address = selected.address
    let logged = try database.read {
      try $0.latestMessages(with: address, limit: Self.messageLimit)
    }
    let messages = logged.map { PhoneMessage($0, clock: settings.hours.clock) }
    return PhoneView(
      landlord: settings.landlord,
      number: number, residents: residents,
      selected: selected, messages: messages, isWaiting: Self.isWaiting(logged),
      hints: Self.hints, csrf: csrf)
  }

  /// Whether an answer is on its way: the last message is the resident's, and is not done with.
  private static func isWaiting(_ messages: [LoggedMessage]) -> Bool {
    guard let last = messages.last else { return false }
    return last.isOutbound
      ? ["queued", "claimed"].contains(last.status) : last.status == "received"
  }

  private static let residentLimit = 300
  private static let messageLimit = 200
  private static let unavailable = HTTPResponse(
    status: 503, type: "text/plain", text: "The phone is out of order. Please try again.\n")
  private static let hints = [
    PhoneHint(word: "FIRE DOOR", meaning: "a few questions about your front door"),
    PhoneHint(word: "GOLDEN", meaning: "what the golden thread is"),
    PhoneHint(word: "REPORT", meaning: "tell us about danger, damp or mould"),
    PhoneHint(word: "WORKS", meaning: "what works are planned at your block"),
    PhoneHint(word: "HELP", meaning: "what you can text"),
    PhoneHint(word: "LANG", meaning: "another language"),
    PhoneHint(word: "STOP", meaning: "no more texts"),
    PhoneHint(word: "START", meaning: "texts again"),
  ]
}

extension PhoneResident {
  fileprivate init(_ resident: ResidentRecord, at address: Address) {
    let home = [resident.home, resident.building].compactMap(\.self).joined(separator: ", ")
    let language =
      switch resident.language {
      case "cy": "Welsh"
      case "pl": "Polish"
      default: "English"
      }
    self.init(
      address: address, name: resident.firstName ?? "Resident", home: home, language: language)
  }
}

extension PhoneMessage {
  fileprivate init(_ message: LoggedMessage, clock: ClockChanges) {
    let minute = clock.localTime(of: message.at).minute
    let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let text = message.text ?? "(sealed)"
    self.init(
      id: message.id.text, direction: message.isOutbound ? .outbound : .inbound, text: text,
      time: "\(pad(minute / 60)):\(pad(minute % 60))", parts: Segments(of: text).parts,
      status: message.isOutbound ? Self.word(for: message.status) : "")
  }

  private static func word(for status: String) -> String {
    switch status {
    case "delivered": "Delivered"
    case "suppressed": "Not sent: STOP"
    case "queued": "Waiting"
    default: status
    }
  }
}
