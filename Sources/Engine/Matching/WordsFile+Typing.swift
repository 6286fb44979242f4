extension WordsFile {
  /// The lines, with what Word and Notepad do to plain text undone: byte order mark, line ends,
  /// tabs, curly quotes, long dashes, no-break spaces.
  static func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" {
        let isSecondHalf = scalar == "\n" && isAfterReturn
        isAfterReturn = scalar == "\r"
        guard !isSecondHalf else { continue }
        lines.append(String(line))
        line = .init()
        continue
      }
      isAfterReturn = false
      line.append(contentsOf: plain(scalar).unicodeScalars)
    }
    lines.append(String(line))
    return lines
  }

  /// Without the spaces around it.
  static func trim(_ text: String) -> String { String(FoldedReply.trimmed(text)) }

  /// Two or three small letters, as BCP 47 has them for languages.
  static func isLanguageCode(_ text: String) -> Bool {
    (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
  }

  private static func plain(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\u{FEFF}": ""
    case "\t": "  "
    case "\u{A0}", "\u{2007}", "\u{202F}": " "
    case "\u{2018}", "\u{2019}", "\u{201A}", "\u{2032}": "'"
    case "\u{201C}", "\u{201D}", "\u{201E}", "\u{2033}": "\""
    case "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}": "-"
    case "\u{2026}": "..."
    default: String(scalar)
    }
  }
}

extension WordsFile.Block {
  /// The value as a list: parts between commas, on one line or several.
  var list: [String] {
    lines.flatMap { $0.split(separator: ",") }.map { WordsFile.trim(String($0)) }
      .filter { !$0.isEmpty }
  }

  /// The value as wording: lines join with a space, an empty line is a line break.
  var wording: String {
    var wording = ""
    for line in lines {
      guard !line.isEmpty else {
        if !wording.isEmpty, wording.last != "\n" { wording += "\n" }
        continue
      }
      if !wording.isEmpty, wording.last != "\n" { wording += " " }
      wording += line
    }
    return WordsFile.trim(wording)
  }
}
