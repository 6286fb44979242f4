/// What the gateway itself says, by name and language, from `conversations/engine.txt`.
public struct EngineTexts: Sendable {
  /// A language that the gateway speaks.
  public struct Language: Equatable, Sendable {
    /// Its code, such as `cy`.
    public var code: String
    /// Its own name for itself, such as `Cymraeg`.
    public var name: String
  }

  /// The declared languages; the first is the source language.
  public let languages: [Language]
  private let wordings: [EngineText: [String: String]]

  /// The wording, values still in braces; the first language's where that language has none.
  public func text(_ name: EngineText, language: String) -> String {
    let wording = wordings[name] ?? [:]
    return wording[language] ?? languages.first.flatMap { wording[$0.code] } ?? ""
  }

  /// Reads `engine.txt`; nil when there is any problem with what it says.
  ///
  /// Problems with its words, such as the opt-out words, are found by `Vocabulary.load`.
  public static func load(
    engine: (name: String, text: String)
  ) -> (EngineTexts?, [WordsProblem]) {
    var file = WordsFile(name: engine.name, text: engine.text, title: Vocabulary.engineTitle)
    guard file.problems.isEmpty else { return (nil, file.problems) }
    var wordings: [EngineText: [String: String]] = [:]
    for entry in file.entries where entry.key.hasPrefix("say ") {
      guard let name = EngineText(rawValue: String(entry.key.dropFirst("say ".count))) else {
        let names = EngineText.allCases.map(\.rawValue).joined(separator: ", ")
        file.report(
          entry.line, "the gateway never says \"\(entry.key.dropFirst(4))\"",
          "use one of: \(names)")
        continue
      }
      wordings[name] = wording(of: entry, as: name, in: &file)
    }
    for name in EngineText.allCases where wordings[name] == nil {
      file.report(
        0, "there is no wording for \"\(name.rawValue)\"",
        "add a line that begins: say \(name.rawValue):")
    }
    guard file.problems.isEmpty else { return (nil, file.problems) }
    return (EngineTexts(languages: file.languages, wordings: wordings), [])
  }

  private static func wording(
    of entry: WordsFile.Entry, as name: EngineText, in file: inout WordsFile
  ) -> [String: String] {
    var wording: [String: String] = [:]
    for block in entry.blocks {
      let text = block.wording
      for value in valueNames(in: text) where !name.values.contains(value) {
        file.report(
          block.line, "{\(value)} is not known here",
          "use one of: \(name.values.sorted().map { "{\($0)}" }.joined(separator: ", "))")
      }
      if !text.isEmpty { wording[block.language] = text }
    }
    for language in file.languages where wording[language.code] == nil {
      file.report(
        entry.line, "\"\(entry.key)\" has no \(language.name)",
        "add a line under it that begins: \(language.code):")
    }
    return wording
  }

  /// What stands in braces; an opening brace without a closing one reaches to the end.
  private static func valueNames(in text: String) -> [String] {
    text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map { part in
      String(part.prefix { $0 != "}" })
    }
  }
}
