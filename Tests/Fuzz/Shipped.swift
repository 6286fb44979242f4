import Foundation
import Messaging

@testable import Engine

/// The shared words as they ship, and conversations of every statement to talk to.
enum Shipped {
  static let engine = file("engine.txt")
  static let commonWords = file("common-words.txt")
  /// The shortest file that is one.
  static let noCommonWords = "common words: none\nformat: 1\nlanguages: en English\n"

  /// No more than the words that no file may be without, so that it is soon read.
  static let shortEngine: (name: String, text: String) = {
    let words = EngineWord.allCases.map { "word \($0.rawValue): \($0.rawValue)" }
    let says = EngineText.allCases.map { "say \($0.rawValue): Hello." }
    let lines =
      ["engine: short", "format: 1", "languages: en English, cy Cymraeg"]
      + words
      .map { line in
        switch line {
        case "word stop: stop": line + ", stop all, unsubscribe, cancel, end, quit, opt out, revoke"
        case "word start: start": line + ", unstop"
        default: line
        }
      } + ["danger: on fire"] + says.map { $0 + "\n  cy: Helo." }
    return ("engine.txt", lines.joined(separator: "\n"))
  }()

  static let vocabulary =
    Vocabulary.load(engine: engine, commonWords: commonWords).0 ?? Vocabulary()
  static let texts = EngineTexts.load(engine: engine).0

  static let library: Library? = {
    let files = [engine, commonWords, ("lift.txt", lift), ("danger.txt", danger)]
    let (library, findings) = Library.load(files: files) { "\($0.count)" }
    claim(library != nil, findings.map(\.description).joined(separator: "\n"))
    return library
  }()

  /// What people text.
  static let words = [
    "yes", "no", "1", "2", "3", "STOP", "start", "help", "back", "skip", "lang", "more", "person",
    "LIFT", "worry", "LIFT 2", "lift yes", "lft", "on fire", "wrong number", "", " ", "not sure",
    "12", "purple", "?", "cy", "Cymraeg", "TALK", "stuck between 3 and 4", "👍", "🛑", "no thanks",
  ]

  private static func file(_ name: String) -> (name: String, text: String) {
    let folder = URL(filePath: #filePath).appending(path: "../../../conversations/").standardized
    let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
    claim(text != nil, "\(name) is where it ships")
    return (name, text ?? "")
  }

  private static let lift = """
    conversation: The lift
    owner: Repairs Team
    purpose: Find out whether the lift works.
    start when they text: LIFT, LIFTS
      cy: LIFFT
      TALK -> talk
    start from: resident, staff, schedule
    only for: nation is England
      otherwise: Sorry, this is for England.
        cy: Mae hwn i Loegr.
    languages: en, cy
    answers: named
    forget after: 4 days

    step lift
      ask lift:
        Hello {first name or "there"}. Does the lift work?
        cy: Ydy'r lifft yn gweithio?
        - yes: Yes -> floor
          cy: Ydy
        - no: No (also stuck, broken) -> where
          cy: Nac ydy
        not understood: Sorry, we did not get that.
          cy: Mae'n ddrwg gennym, wnaethon ni ddim deall.
        not understood 2 times -> person
        remind after 1 day: Quick reminder. Does the lift work?
          cy: Nodyn atgoffa. Ydy'r lifft yn gweithio?
        no answer after 3 days -> finish

    step where
      ask where (words up to 100):
        Where is it stuck?
        cy: Ble mae'n sownd?
        no answer after 1 day -> finish
      record request lift: It is stuck: {where}
        - recorded -> again

    step again
      set count to count + 1
      ask again:
        That was {count}. Again?
        cy: Dyna {count}. Eto?
        - yes: Yes -> where
          cy: Ie
        - no: No -> finish
          cy: Na
        not understood 2 times -> finish
        no answer after 1 day -> finish

    step floor
      ask floor number (number 0 to 40):
        Which floor do you live on?
        cy: Pa lawr?
        not understood 2 times -> finish
        no answer after 1 day -> finish
      when floor number is at least 7 -> high
      when floor number is 0 -> talk
      otherwise -> finish

    step high
      say: That is high up: floor {floor number}.
        cy: Uchel: {floor number}.
      new message
      say: Call {phone} if it cannot wait.
        cy: Ffoniwch {phone}.
      end

    step talk
      hand over to Front Desk: Wants a call. Building: {building or "not known"}

    step person
      hand over to Repairs Team: A reply about the lift was not understood.

    step finish
      say: Thank you, that is all.
        cy: Diolch, dyna'r cyfan.
      end
    """

  private static let danger = """
    conversation: Something is dangerous
    owner: Safety Team
    purpose: Take a worry about safety.
    class: safety
    start when they text: WORRY
    start from: resident, staff
    languages: en
    answers: named
    forget after: 3 days

    step worry
      ask what (words up to 300):
        Please tell us in your own words.
        no answer after 1 day -> finish
      report danger: {what}
        - logged -> told

    step told
      say: Thank you. A person will read this today.
      end

    step finish
      end
    """
}
