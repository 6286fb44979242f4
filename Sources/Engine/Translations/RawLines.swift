/// A text cut into lines as the reader counts them, each with the characters that end it.
///
/// Joined again they are the text, scalar for scalar, so that what is not edited stays as it was.
struct RawLines {
  /// One line.
  struct Line: Equatable {
    /// What stands in it.
    var content: String
    /// What ends it; empty for the last line of a file without a line end.
    var ending: String
  }

  /// The lines; line 1 is the first.
  private(set) var lines: [Line] = []

  /// Cuts the text.
  init(_ text: String) {
    var content = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\n", "\r", "\u{2028}", "\u{2029}":
        var ending = String(scalar)
        if scalar == "\r", rest.first == "\n" {
          rest.removeFirst()
          ending = "\r\n"
        }
        lines.append(Line(content: String(content), ending: ending))
        content.removeAll()
      default: content.append(scalar)
      }
    }
    if !content.isEmpty { lines.append(Line(content: String(content), ending: "")) }
  }

  /// The white space that a line begins with, as it is written.
  func indent(ofLine number: Int) -> String {
    let content = lines[number - 1].content.unicodeScalars
    return String(
      String.UnicodeScalarView(
        content.drop { $0 == "\u{FEFF}" }.prefix { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }))
  }

  /// Puts these lines in place of some, from 1, or between two where the range is empty.
  ///
  /// They end as the line before them does, or else as the first of the text.
  func replacing(_ range: Range<Int>, with new: [String]) -> RawLines {
    var copy = self
    let ending =
      lines[..<(range.lowerBound - 1)].last { !$0.ending.isEmpty }?.ending
      ?? lines.first { !$0.ending.isEmpty }?.ending ?? "\n"
    var put = new.map { Line(content: $0, ending: ending) }
    if range.upperBound > lines.count {
      // The file's own last line has no end, or has one: that stays so.
      let isEnded = lines.last.map { !$0.ending.isEmpty } ?? true
      if !isEnded { put[put.count - 1].ending = "" }
      if !isEnded, range.isEmpty, range.lowerBound > 1 {
        copy.lines[range.lowerBound - 2].ending = ending
      }
    }
    copy.lines.replaceSubrange((range.lowerBound - 1)..<(range.upperBound - 1), with: put)
    return copy
  }

  /// The whole text.
  var text: String { lines.reduce(into: "") { $0 += $1.content + $1.ending } }
}
