import Messaging

/// Where one wording and its translations stand in a file, as the reader found them.
///
/// The reader notes it at the one door through which all wording comes, so that what is translated
/// is what is sent.
struct WordingPlace {
  /// The line that it begins on.
  var line: Int
  /// The lines of the source below that one.
  var source: [SourceNode] = []
  /// What the source says, as in a cell.
  var cell = ""
  /// The blocks of translations and of channels' own wording, in the file's order.
  var variants: [Variant] = []

  /// A block under the wording, such as `cy: words` or `sms cy: words`.
  struct Variant {
    var channel: String?
    /// The place of the language among the file's; nil for one that the file does not declare.
    var language: Int?
    /// Its first and last line.
    var lines: ClosedRange<Int>
    /// What it says, as in a cell.
    var cell: String
  }

  /// The last line that belongs to it.
  var end: Int {
    max(
      line, source.flatMap(\.flattened).map(\.line).max() ?? 0,
      variants.map(\.lines.upperBound).max() ?? 0)
  }
}

extension SourceLines {
  /// Lines of wording as they stand in a cell of a sheet.
  ///
  /// Lines that are joined with a space when they are said are joined there; one with a condition or
  /// a picture keeps a line of its own; an empty line stands before what begins a line of the
  /// message.
  static func cell(_ lines: [(text: String, followsBlank: Bool)]) -> String {
    var cell = ""
    var wasOwn = false
    for line in lines where !line.text.isEmpty {
      let isOwn = line.text.hasPrefix("if ") || line.text.hasPrefix("picture ")
      if !cell.isEmpty {
        cell += line.followsBlank ? "\n\n" : isOwn || wasOwn ? "\n" : " "
      }
      cell += line.text
      wasOwn = isOwn
    }
    return cell
  }

  /// The same for words on the line that a wording begins on and the lines below it.
  static func cell(_ words: String, _ nodes: [SourceNode]) -> String {
    cell([(words, false)] + nodes.map { ($0.text, $0.followsBlank) })
  }

  /// A cell as it came from a spreadsheet in its one form: curly quotes, long dashes, spaces and line
  /// ends as the reader takes them.
  static func cell(_ text: String) -> String {
    var lines: [(text: String, followsBlank: Bool)] = []
    var followsBlank = false
    for line in RawLines(Normal.nfc(text)).lines {
      let words = cleaned(line.content.unicodeScalars).text
      if !words.isEmpty { lines.append((words, followsBlank)) }
      followsBlank = words.isEmpty
    }
    return cell(lines)
  }
}

extension FileReader {
  /// Where a wording stands, by what it is read from.
  func place(of words: String, lines nodes: [SourceNode], line: Int) -> WordingPlace {
    var place = WordingPlace(line: line)
    for node in nodes {
      guard let (head, words) = node.text.cut(at: ":"),
        let found = variant(announcedBy: head)
      else {
        place.source += node.flattened
        continue
      }
      let lines = node.children.flatMap(\.flattened)
      place.variants.append(
        WordingPlace.Variant(
          channel: found.channel, language: found.undeclared == nil ? found.language : nil,
          lines: node.line...(lines.map(\.line).max() ?? node.line),
          cell: SourceLines.cell(words, lines)))
    }
    place.cell = SourceLines.cell(words, place.source)
    return place
  }
}
