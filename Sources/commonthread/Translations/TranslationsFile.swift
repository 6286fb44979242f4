import Engine

/// A sheet of translations as a spreadsheet opens and saves it: RFC 4180 in UTF-8.
///
/// A cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab or carriage return in
/// front) gets an apostrophe before it, which is taken away again.
/// <https://owasp.org/www-community/attacks/CSV_Injection>
enum TranslationsFile {
  /// The longest file that is read, in bytes.
  static let limit = 8 << 20
  private static let columns = ["id", "source", "translation", "note"]

  /// What one row of a file says.
  struct Row: Equatable {
    /// The line that it begins on, from 1.
    var line: Int
    var id: String
    var source: String
    var translation: String
  }

  /// What is wrong with a file, in one sentence with the fix.
  struct Fault: Error, Equatable {
    let sentence: String
  }

  /// The rows as a file, with a byte order mark so that Excel takes it for UTF-8.
  static func bytes(of rows: [TranslationSheet.Row]) -> [UInt8] {
    var text = "\u{FEFF}" + columns.joined(separator: ",") + "\r\n"
    for row in rows {
      let cells = [row.id, row.source, row.translation, row.note].map { quoted(guarded($0)) }
      text += cells.joined(separator: ",") + "\r\n"
    }
    return Array(text.utf8)
  }

  /// The rows of a file, however a spreadsheet saved it: with semicolons or tabs, with the columns in
  /// another order, with more of them.
  static func rows(of bytes: [UInt8]) throws(Fault) -> [Row] {
    guard bytes.count <= limit else { throw Fault(sentence: "The file is larger than 8 MiB.") }
    var lines = CommaSeparatedRows(bytes, separator: separator(of: bytes))
    guard var head = lines.next() else { throw Fault(sentence: "The file is empty.") }
    if head.fields.first?.lowercased().hasPrefix("sep=") == true, let next = lines.next() {
      head = next
    }
    let names = head.fields.map { trimmed($0).lowercased() }
    var places: [Int] = []
    for column in columns.dropLast() {
      guard let place = names.firstIndex(of: column) else {
        throw Fault(
          sentence: "The first row has no column “\(column)”. Keep the row as it was exported.")
      }
      places.append(place)
    }
    var rows: [Row] = []
    while let line = lines.next() {
      guard line.fields.contains(where: { !trimmed($0).isEmpty }) else { continue }
      if let fault = line.fault { throw Fault(sentence: "Line \(line.line): \(fault)") }
      let cells = places.map { line.fields.indices.contains($0) ? unguarded(line.fields[$0]) : "" }
      rows.append(
        Row(line: line.line, id: trimmed(cells[0]), source: cells[1], translation: cells[2]))
    }
    return rows
  }

  /// The byte that stands most often between the names of the first row.
  private static func separator(of bytes: [UInt8]) -> UInt8 {
    let head = bytes.prefix { $0 != 10 && $0 != 13 }
    let text = String(decoding: head, as: UTF8.self).drop { $0 == "\u{FEFF}" }
    if text.lowercased().hasPrefix("sep="), let mark = text.utf8.dropFirst(4).first { return mark }
    let marks: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 9]
    let counts = marks.map { mark in head.count { $0 == mark } }
    return zip(marks, counts).max { $0.1 < $1.1 }?.0 ?? marks[0]
  }

  /// The cell in quotes, those inside doubled; by its bytes, since a quote that stands beside a mark
  /// is no character of its own.
  private static func quoted(_ cell: String) -> String {
    var bytes = [UInt8(ascii: "\"")]
    for byte in cell.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a spreadsheet would take the cell for a formula, apostrophes in front aside.
  private static func isFormula(_ cell: String) -> Bool {
    let first = cell.unicodeScalars.drop { $0 == "'" }.first
    return first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
  }

  private static func guarded(_ cell: String) -> String { isFormula(cell) ? "'" + cell : cell }

  private static func unguarded(_ cell: String) -> String {
    cell.hasPrefix("'") && isFormula(cell) ? String(cell.dropFirst()) : cell
  }

  private static func trimmed(_ cell: String) -> String {
    var rest = cell[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}
