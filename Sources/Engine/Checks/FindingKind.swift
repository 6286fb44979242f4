/// One kind of finding: its number, its name, and what an author may want to know about it.
///
/// Its number is that of `Diagnostic.code`: what begins with E stops publication, what begins with W
/// does not.
public struct FindingKind: Equatable, Sendable {
  /// The stable number, such as `E301`.
  public let code: String
  /// A name of a few words, which `lint allow:` takes too.
  public let name: String
  /// What is wrong, as a heading.
  public let title: String
  /// Why it is wrong and what to do about it, in a paragraph.
  public let explanation: String

  /// Makes a kind.
  init(_ code: String, _ name: String, _ title: String, _ explanation: String) {
    self.code = code
    self.name = name
    self.title = title
    self.explanation = explanation
  }

  /// Every kind of finding, by number.
  public static let all: [FindingKind] =
    shared + layout + wording + statements + ways + between + inExamples + advice

  /// The documentation page of all kinds, in Markdown.
  public static var page: String {
    let sections = all.map { kind in
      "### \(kind.code) \(kind.title)\n\n“\(kind.name)”. \(kind.explanation)"
    }
    return """
      # Findings

      What `commonthread check` finds, by number.

      ## Overview

      An error (E) stops publication, a warning (W) does not. `lint allow: W705 (reason)` at the head
      of a file silences one kind of warning in it. `commonthread check --explain` prints this page,
      and `commonthread check --explain W705` one paragraph of it.

      ## All findings

      \(sections.joined(separator: "\n\n"))
      """
  }

  /// Reads what `lint allow:` says: warnings by number or name, each with a reason.
  ///
  /// What is no warning, and a warning without a reason, is reported and not allowed.
  static func allowed(_ text: String, line: Int, _ reader: inout FileReader) -> [String] {
    var codes: [String] = []
    for item in items(of: text) {
      let kind = advice.first { item.hasPrefix($0.code) || item.hasPrefix($0.name) }
      let named = kind.map { item.hasPrefix($0.code) ? $0.code : $0.name } ?? ""
      guard let kind, item.dropFirst(named.count).contains(where: \.isLetter) else {
        reader.report(
          "E123", line, "“\(item.prefix(40))” names no warning, or gives no reason",
          fix: "write “lint allow: W705 (why it is right here)”")
        continue
      }
      codes.append(kind.code)
    }
    return codes
  }

  /// The parts between commas, where each begins with a warning's number or name.
  private static func items(of text: String) -> [String] {
    var items: [String] = []
    for part in text.parts(between: ",") {
      let isNew = advice.contains { part.hasPrefix($0.code) || part.hasPrefix($0.name) }
      if items.isEmpty || isNew {
        items.append(part)
      } else {
        items[items.count - 1] += ", " + part
      }
    }
    return items
  }
}
