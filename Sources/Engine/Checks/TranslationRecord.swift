import Messaging

/// Which wording each translation was made from: the file `translated.txt` beside the conversations.
///
/// A line holds the hash of a translation and that of its source. A translation whose hash stands
/// there, but not beside that of the wording above it now, is older than its source. One whose hash
/// does not stand there was not recorded, and nothing is said of it: a person who changes both in
/// one go need not do anything else.
public struct TranslationRecord: Sendable {
  /// The name of the file.
  public static let fileName = "translated.txt"

  private var sources: [String: Set<String>] = [:]

  /// Reads the file's text; lines that are none of its own are passed by.
  public init(_ text: String) {
    for line in SourceLines.tree(of: text).prefix(100_000) {
      let words = line.text.split(separator: " ").map(String.init)
      guard words.count == 2, words.allSatisfy({ $0.utf8.count == 16 }) else { continue }
      sources[words[0], default: []].insert(words[1])
    }
  }

  /// The text of the file for a library all of whose translations fit their sources now.
  public static func text(for library: Library) -> String {
    var lines: Set<String> = []
    for program in library.conversationIDs.compactMap({ library.program($0) }) {
      for (_, translation, source) in translations(in: program) {
        lines.insert(translation + " " + source)
      }
    }
    return
      "note: Which translation was made from which wording. Written by commonthread check --translated.\n"
      + lines.sorted().map { $0 + "\n" }.joined()
  }

  /// The translations of a conversation that are older than their sources.
  func findings(in program: Program) -> [Diagnostic] {
    guard !sources.isEmpty else { return [] }
    var findings: [Diagnostic] = []
    for (variant, translation, source) in Self.translations(in: program) {
      guard let known = sources[translation], !known.contains(source) else { continue }
      let finding = Diagnostic(
        code: "W712", file: program.file, line: variant.line,
        problem: "this “\(program.languages[variant.language])” is older than the words above it",
        fix: "have it translated again, then run “commonthread check --translated”")
      if !findings.contains(finding) { findings.append(finding) }
    }
    return findings
  }

  private static func translations(
    in program: Program
  ) -> [(variant: Wording.Variant, translation: String, source: String)] {
    program.wordings.flatMap { wording in
      wording.variants.compactMap { variant in
        let source = wording.variants.first {
          $0.language == 0 && $0.channel == variant.channel
        }
        guard variant.language > 0, let source = source?.template ?? wording.source else {
          return nil
        }
        let code = program.languages[variant.language]
        return (variant, hash(code + ":" + variant.template.written), hash(source.written))
      }
    }
  }

  /// FNV-1a in 64 bits: short, the same everywhere, and good enough to tell wordings apart.
  private static func hash(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Template {
  /// All that an author wrote in it, conditions and fall-backs too.
  fileprivate var written: String {
    segments.map { segment in
      let pieces = segment.pieces.map { piece in
        switch piece {
        case .text(let words): words
        case .value(let name, let fallback): "{\(name)|\(fallback ?? "")}"
        }
      }
      return pieces.joined() + (segment.picture ?? "")
    }.joined(separator: "\n")
  }
}
