import Crypto
import Engine
import HTTP

/// The folder of conversations as the program reads it.
enum ConversationFolder {
  /// The largest file that is read, in bytes.
  private static let fileLimit = 1 << 20

  /// The text files of the folder, by name.
  ///
  /// Throws `Problem` when the folder cannot be read.
  static func files(in folder: String) throws -> [(name: String, text: String)] {
    guard let names = FileBytes.names(in: folder) else {
      throw Problem(description: "Cannot read the folder \(folder). Name it in the configuration.")
    }
    return try names.filter { $0.hasSuffix(".txt") }.map { name in
      guard let bytes = FileBytes.read(folder + "/" + name, limit: fileLimit) else {
        throw Problem(description: "Cannot read \(folder)/\(name), or it is over 1 MiB.")
      }
      return (name, String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Compiles the files; the library is nil when there is an error in any.
  static func load(
    _ files: [(name: String, text: String)]
  ) -> (library: Library?, findings: [Diagnostic]) {
    Library.load(files: files) { Hex.encode(SHA256.hash($0)) }
  }

  /// Compiles the files with the last good version in place of each that has an error, or that uses
  /// what the gateway cannot do yet; one that never had a good version is left out.
  ///
  /// `published` holds every version there has been, the oldest first. The library is nil when even
  /// that does not help.
  static func load(
    _ files: [(name: String, text: String)], insteadOfBad published: [ProgramSource]
  ) -> (library: Library?, findings: [Diagnostic]) {
    var files = files
    var findings: [Diagnostic] = []
    for round in 0..<3 {
      let (library, found) = load(files)
      let refused = library?.refusals ?? []
      findings += round == 0 ? found + refused : []
      if let library, refused.isEmpty { return (library, findings) }
      let bad = Set((found + refused).filter(\.isError).map(\.file))
      files = files.compactMap { file in
        guard bad.contains(file.name) else { return file as (name: String, text: String)? }
        return round == 0 ? lastGood(file.name, among: published).map { (file.name, $0) } : nil
      }
    }
    return (nil, findings)
  }

  private static func lastGood(_ name: String, among published: [ProgramSource]) -> String? {
    switch name {
    case "engine.txt": published.last?.engineText
    case "common-words.txt": published.last?.commonWords
    default: published.last { $0.conversation + ".txt" == name }?.text
    }
  }
}

extension ProgramSource {
  /// The texts as one JSON text, for the store.
  var stored: String {
    JSON.object([
      .init("text", .string(text)), .init("commonWords", .string(commonWords)),
      .init("engine", .string(engineText)),
      .init(
        "runs",
        .object(runs.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
    ]).text
  }

  /// Reads what `stored` gave; nil for anything else.
  init?(conversation: String, hash: String, stored: String) {
    guard let json = try? JSON(parsing: Array(stored.utf8)),
      let text = json["text"]?.string, let commonWords = json["commonWords"]?.string,
      let engine = json["engine"]?.string
    else { return nil }
    var runs: [String: String] = [:]
    for member in json["runs"]?.members ?? [] { runs[member.name] = member.value.string }
    self.init(
      conversation: conversation, hash: hash, text: text, commonWords: commonWords,
      engineText: engine, runs: runs)
  }
}
