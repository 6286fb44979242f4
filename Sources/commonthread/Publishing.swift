import Engine
import Messaging
import Store

/// Brings the conversations of the folder into force, and keeps every version that a session may
/// have begun with.
enum Publishing {
  /// The library to start with.
  ///
  /// Throws `Problem` with the first finding when neither the folder nor an earlier version serves.
  static func library(
    from folder: String, in database: Database, now: Instant
  ) throws -> Library {
    let files = try ConversationFolder.files(in: folder)
    let (library, findings) = try publish(files, in: database, now: now)
    for finding in findings where finding.isError { Log.note("\(finding)") }
    guard let library else {
      throw Problem(
        description: "The conversations in \(folder) have errors. Run commonthread check \(folder)."
      )
    }
    return library
  }

  /// Compiles and stores what is new, and adds the older versions; nil when nothing can be used.
  static func publish(
    _ files: [(name: String, text: String)], in database: Database, now: Instant
  ) throws -> (library: Library?, findings: [Diagnostic]) {
    let published = try database.read { try $0.publishedPrograms() }.compactMap {
      ProgramSource(conversation: $0.conversation, hash: $0.hash, stored: $0.sources)
    }
    let (loaded, findings) = ConversationFolder.load(files, insteadOfBad: published)
    guard var library = loaded else { return (nil, findings) }
    let current = library.conversationIDs.compactMap { id in
      library.program(id).flatMap { library.source(ofHash: $0.hash) }
    }
    let known = Set(published.map(\.hash))
    let new = current.filter { !known.contains($0.hash) }
    try database.write(.bulk, "publish") { transaction in
      for source in new {
        try transaction.publish(
          conversation: source.conversation, hash: source.hash, sources: source.stored, now: now)
      }
    }
    for source in published { library = library.adding(pinned: source) ?? library }
    return (library, findings)
  }
}
