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
  let wordings: [EngineText: [String: String]]

  /// The wording, values still in braces; the first language's where that language has none.
  public func text(_ name: EngineText, language: String) -> String {
    let wording = wordings[name] ?? [:]
    return wording[language] ?? languages.first.flatMap { wording[$0.code] } ?? ""
  }

  /// Reads `engine.txt`; nil when there is any problem with what it says.
  public static func load(
    engine: (name: String, text: String)
  ) -> (EngineTexts?, [WordsProblem]) {
    (EngineTexts(languages: [], wordings: [:]), [])
  }
}
