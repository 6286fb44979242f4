import Crypto
import Engine
import Foundation

/// The conversations of the simulated landlord, in two editions.
struct SimulatedConversations {
  /// The editions, each with every version of the other added, as after a reload.
  let editions: [Library]
  /// What must be stored of each edition.
  let sources: [[ProgramSource]]

  /// Reads them, with the repository's own engine and common words.
  init() throws {
    let loaded = try [Self.fireDoor(1), Self.fireDoor(2)].map(Self.load)
    sources = loaded.map { library in
      library.conversationIDs.compactMap { id in
        library.program(id).flatMap { library.source(ofHash: $0.hash) }
      }
    }
    let sources = sources
    editions = loaded.indices.map { index in
      sources[1 - index].reduce(loaded[index]) { $0.adding(pinned: $1) ?? $0 }
    }
  }

  private static func load(_ fireDoor: String) throws -> Library {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../conversations").standardized
    var files = try ["engine.txt", "common-words.txt"].map { name in
      (name: name, text: try String(contentsOf: folder.appending(path: name), encoding: .utf8))
    }
    files += [
      ("fire-door.txt", fireDoor), ("drill.txt", drill), ("idea.txt", idea),
    ]
    let (library, findings) = Library.load(files: files) { Hex.encode(SHA256.hash($0)) }
    guard let library else {
      let errors = findings.filter(\.isError).map { "\($0)" }.joined(separator: "\n")
      throw ProofViolation(sentence: "The conversations do not compile: \(errors)", replay: "")
    }
    return library
  }

  /// Two questions, a reminder, and ways out for silence and for what is not understood.
  private static func fireDoor(_ edition: Int) -> String {
    """
    conversation: Is your fire door working?
    format: 1
    owner: Resident Safety Team
    purpose: Finds doors that let smoke through.
    class: engagement
    start when they text: FIRE DOOR
    start from: resident, staff
    languages: en
    answers: named
    forget after: 2 days

    step ask
      ask door:
        Does your front door shut by itself (\(edition))?
        - yes: Yes -> thanks
        - no: No (also stays open) -> report
        not understood 2 times -> person
        remind after 3 hours: Quick reminder. Does your front door shut by itself?
        no answer after 1 day -> finish

    step report
      ask level (number 0 to 60):
        Thank you. Which floor do you live on?
        not understood 2 times -> person
        no answer after 1 day -> finish
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
  }

  /// Of class safety, which neither STOP nor the hours hold.
  private static let drill = """
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

  /// A question that any words answer, so that every answer can be told from every other.
  private static let idea = """
    conversation: Your idea
    format: 1
    owner: Community Team
    purpose: Collects ideas.
    class: service
    start when they text: IDEA
    start from: resident, staff
    languages: en
    answers: named
    forget after: 2 days

    step ask
      ask idea (words up to 300):
        What is your idea?
        remind after 6 hours: We would still like to hear your idea.
        no answer after 1 day -> finish
      say: Thank you for your idea.
      end

    step finish
      end
    """
}
