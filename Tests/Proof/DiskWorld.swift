import Channels
import Crypto
import Engagement
import Engine
import FoundationEssentials
import Gateway
import HTTP
import Messaging

/// What every gateway on a failing disk is made with: one conversation, one channel of Twilio's.
enum DiskWorld {
  /// Tuesday 24 November 2026, 10:00 in London.
  static let start = Instant(milliseconds: 1_795_514_400_000)
  /// The account of the channel.
  static let account = "AC00000000000000000000000000000000"
  /// Where the provider reaches us.
  static let publicURL = "https://text.elmhomes.example"
  /// The key that callbacks are signed with.
  private static let token = "12345678901234567890123456789012"

  /// A number of Ofcom's range for drama.
  static func resident(_ index: Int) -> Address {
    Address(scheme: .tel, value: "+447700900" + String(100 + index % 800))
  }

  /// What a person texts to start the conversation.
  static let keyword = "FIRE DOOR"
  /// The answer to its one question.
  static let answer = "1"
  /// What is said when the answer is recorded, in the same commit.
  static let thanks = "Thank you, that is all."

  /// The one question.
  static let question = "Does your front door shut by itself?"
  /// What a member of staff writes.
  static let notice = "The water is off on Tuesday."

  private static let conversation = """
    conversation: Is your fire door working?
    format: 1
    owner: Resident Safety Team
    purpose: Finds doors that let smoke through.
    class: engagement
    start when they text: FIRE DOOR
    start from: resident, staff
    languages: en
    answers: named
    forget after: 4 days

    step ask
      ask door:
        Does your front door shut by itself?
        - yes: Yes -> thanks
        - no: No (also stays open) -> thanks
        not understood 2 times -> person
        remind after 1 day: Quick reminder. Does your front door shut by itself?
        no answer after 3 days -> finish

    step thanks
      say: Thank you, that is all.
      end

    step person
      hand over to Resident Safety Team: A reply was not understood.

    step finish
      end
    """

  /// The proof's own material is wrong, in one sentence.
  struct Broken: Error, CustomStringConvertible {
    let description: String
  }

  /// The conversation with the repository's own words.
  static let library = Result<Library, any Error> {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../conversations").standardized
    var files = try ["engine.txt", "common-words.txt"].map { name in
      let data = try Data(contentsOf: folder.appending(path: name))
      return (name: name, text: String(decoding: data, as: UTF8.self))
    }
    files.append((name: "fire-door.txt", text: conversation))
    let (library, findings) = Library.load(files: files) { Hex.encode(SHA256.hash($0)) }
    guard let library else {
      throw Broken(description: findings.map { "\($0)" }.joined(separator: "\n"))
    }
    return library
  }

  /// The settings, open for sending at all hours.
  static let settings = Result<GatewaySettings, any Error> {
    let channel = try ConfiguredChannel(
      name: "main",
      settings: [
        "provider": "twilio", "number": "+447700900001", "accountSID": .string(account),
        "authToken": .string(token), "partsPerSecond": 10_000, "inFlight": 20,
      ], lookup: .none)
    return GatewaySettings(
      landlord: "Elm Homes", phone: "01632 960 123", nation: "England",
      hours: try SendingHours(
        .init(
          weekdays: "00:00-24:00", saturday: "00:00-24:00", sunday: "00:00-24:00",
          bankHolidays: "00:00-24:00"),
        holidays: BankHolidays(nation: .england), clock: ClockChanges(offsetSeconds: 0)),
      publicURL: publicURL, channels: ChannelBook([channel]), alarmPhones: [])
  }

  private static let key = Result<HMAC, any Error> { try HMAC(.sha1, key: Secret(token)) }

  /// A callback as Twilio makes and signs it, to a path below the public URL.
  static func callback(
    _ fields: [(String, String)], to path: String = "/hooks/main"
  ) throws
    -> HTTPRequest
  {
    let sorted = fields.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    let signed = sorted.reduce(publicURL + path) { $0 + $1.0 + $1.1 }
    return HTTPRequest(
      method: "POST", url: path,
      headers: [
        HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
        HTTPHeader(
          "X-Twilio-Signature", Base64.encode(try key.get().code(for: Array(signed.utf8)))),
      ], body: FormFields(fields.map { FormFields.Field($0.0, $0.1) }).encoded())
  }

  /// The words of a request to send; nil when it is none.
  static func words(of request: HTTPRequest) -> String? {
    (try? FormFields(parsing: request.body))?.first("Body")
  }
}
