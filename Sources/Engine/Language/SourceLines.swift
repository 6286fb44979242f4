/// One line of a file with the lines that are indented under it.
struct SourceNode: Sendable {
  /// The line's number in the file, from 1.
  let line: Int
  /// The column of its first character, from 0; a tab counts as two.
  let indent: Int
  /// Its words, cleaned and without white space around them; never empty.
  let text: String
  /// Whether an empty line stands before it.
  let followsBlank: Bool
  /// The lines under it.
  var children: [SourceNode] = []

  /// This line and all under it, in the file's order, as a flat list.
  var flattened: [SourceNode] { [self] + children.flatMap(\.flattened) }
}

/// What a file's text is before anything is understood: lines, indents and comments.
///
/// Undoes what Word and Notepad do to plain text: a byte-order mark, CRLF, tabs, curly quotes, long
/// dashes, arrows, no-break spaces, the one-character ellipsis. It changes wording too, on purpose:
/// each of these characters would force a text message into 70-character parts.
enum SourceLines {
  /// The largest file that is read, in bytes of UTF-8.
  static let sizeLimit = 262_144
  /// How deep lines may be indented under each other.
  static let depthLimit = 32

  /// The lines of `text` as a tree by indent; comments and empty lines are left out.
  static func tree(of text: String) -> [SourceNode] {
    let lines = lines(of: text)
    var next = 0
    return nodes(in: lines, from: &next, deeperThan: -1, depth: 0)
  }

  private static func nodes(
    in lines: [SourceNode], from next: inout Int, deeperThan indent: Int, depth: Int
  ) -> [SourceNode] {
    var nodes: [SourceNode] = []
    while next < lines.count, lines[next].indent > indent {
      var node = lines[next]
      next += 1
      if depth < depthLimit {
        node.children = Self.nodes(
          in: lines, from: &next, deeperThan: node.indent, depth: depth + 1)
      }
      nodes.append(node)
    }
    return nodes
  }

  private static func lines(of text: String) -> [SourceNode] {
    var lines: [SourceNode] = []
    var number = 0
    var followsBlank = false
    var current = String.UnicodeScalarView()
    func finish() {
      number += 1
      let line = cleaned(current)
      current.removeAll(keepingCapacity: true)
      guard !line.text.isEmpty else {
        followsBlank = true
        return
      }
      guard !line.text.hasPrefix("note:") else { return }
      lines.append(
        SourceNode(
          line: number, indent: line.indent, text: line.text, followsBlank: followsBlank))
      followsBlank = false
    }
    var endedByReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where endedByReturn: endedByReturn = false
      case "\n", "\r", "\u{2028}", "\u{2029}":
        finish()
        endedByReturn = scalar == "\r"
      default:
        current.append(scalar)
        endedByReturn = false
      }
    }
    finish()
    return lines
  }

  /// A line's words without what Word and Notepad do to them, and how far in they stand.
  static func cleaned(_ raw: String.UnicodeScalarView) -> (indent: Int, text: String) {
    var indent = 0
    var words = String.UnicodeScalarView()
    var gap = false
    for scalar in raw {
      switch scalar {
      case "\u{FEFF}", "\u{200B}", "\u{AD}": continue
      case " ", "\t", "\u{A0}", "\u{202F}", "\u{2007}", "\u{0}"..."\u{1F}", "\u{7F}":
        if words.isEmpty {
          indent += scalar == "\t" ? 2 : 1
        } else {
          gap = true
        }
        continue
      default:
        if gap { words.append(" ") }
        gap = false
      }
      if let plain = plain(scalar) {
        words.append(contentsOf: plain.unicodeScalars)
      } else {
        words.append(scalar)
      }
    }
    return (indent, String(words))
  }

  /// What stands for a character that Word put there; nil for the character itself.
  private static func plain(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\u{0}"..."\u{7F}": nil
    case "\u{2018}", "\u{2019}", "\u{201A}", "\u{2032}": "'"
    case "\u{201C}", "\u{201D}", "\u{201E}", "\u{2033}": "\""
    case "\u{2010}"..."\u{2015}", "\u{2212}": "-"
    case "\u{2192}", "\u{27A1}", "\u{21D2}", "\u{F0E0}": "->"
    case "\u{2026}": "..."
    default: nil
    }
  }
}
