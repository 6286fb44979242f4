/// The keywords of all conversations, prepared once.
public struct KeywordTable: Sendable {
  /// Prepares the keywords; of two that fold alike neither is ever taken, since `check` refuses them.
  public init(_ keywords: [Keyword], vocabulary: Vocabulary) {}
}
