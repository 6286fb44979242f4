import Crypto
import Engine
import Foundation

/// The conversations of the tests.
enum Conversations {
  /// One question with a reminder, and a way out for each kind of answer and for silence.
  static let fireDoor = """
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
        - no: No (also stays open) -> report
        not understood 2 times -> person
        remind after 1 day: Quick reminder. Does your front door shut by itself?
        no answer after 3 days -> finish

    step report
      ask level (number 0 to 60):
        Thank you. Which floor do you live on?
        not understood 2 times -> person
        no answer after 2 days -> finish
      record request door: Front door on floor {level} stays open.
        - recorded -> thanks

    step thanks
      say: Thank you, that is all.
      end

    step person
      hand over to Resident Safety Team: A reply was not understood.

    step finish
      end
    """

  /// A question of class safety, which STOP and hours do not hold.
  static let drill = """
    conversation: Fire alarm test
    format: 1
    owner: Resident Safety Team
    purpose: Tells people about a test.
    class: safety
    start when they text: DRILL
    start from: resident, staff
    languages: en
    answers: named
    forget after: 2 days

    step tell
      say: The fire alarms are tested on Friday at 11.
      end
    """

  /// A library of the texts by their ids, with the repository's own engine and common words.
  static func library(_ texts: [String: String]) throws -> Library {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../conversations").standardized
    var files = try ["engine.txt", "common-words.txt"].map { name in
      (name: name, text: try String(contentsOf: folder.appending(path: name), encoding: .utf8))
    }
    files += texts.sorted { $0.key < $1.key }.map { (name: $0.key + ".txt", text: $0.value) }
    let (library, findings) = Library.load(files: files) { Hex.encode(SHA256.hash($0)) }
    guard let library else {
      throw Unreadable(
        description: findings.filter(\.isError).map { "\($0)" }.joined(separator: "\n"))
    }
    return library
  }

  /// The library that most tests need, read once.
  static let usual = Result { try library(["fire-door": fireDoor, "drill": drill]) }

  /// A conversation of the tests is wrong.
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }
}
