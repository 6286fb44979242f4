import Messaging

/// The wording of one conversation file beside its translation into one language, and the way back
/// into the file.
public struct TranslationSheet: Sendable {
  /// One wording.
  public struct Row: Equatable, Sendable {
    /// Names the place: conversation, step, statement and what stands under it, with `/` between.
    ///
    /// It stays the same while the file's steps, questions and choices keep their names; of several
    /// like it in one place the later ones are numbered.
    public var id: String
    /// The words of the source language as the file has them, lines on lines of their own.
    public var source: String
    /// The translation; empty for none yet.
    public var translation: String
    /// What a translator must know.
    public var note: String

    /// Makes a row.
    public init(id: String, source: String, translation: String, note: String = "") {
      self.id = id
      self.source = source
      self.translation = translation
      self.note = note
    }
  }

  /// Why the words of a row cannot be put into the file, in one sentence with the fix.
  public struct Refusal: Error, Equatable, Sendable {
    /// The sentence.
    public var sentence: String
  }

  /// The longest cell that is taken, in bytes.
  public static let cellLimit = 20_000

  /// The wordings, in the file's order.
  public let rows: [Row]
  private let places: [Place]
  private let text: String
  private let file: String
  private let language: String
  private let vocabulary: Vocabulary

  /// Where a row's words go.
  private struct Place: Sendable {
    /// The lines of the translation that is there; nil for none.
    var lines: ClosedRange<Int>?
    /// The line after which a new translation goes.
    var end: Int
    /// The line whose indent it takes, and whether it goes two deeper.
    var model: Int
    var isDeeper: Bool
    /// What the line begins with, such as `cy: `.
    var head: String
  }

  /// Reads a file; nil where it does not declare the language, or has it as its source.
  ///
  /// What else may be wrong with the file does not matter: what can be read is there.
  public init?(file: String, text: String, language: String, vocabulary: Vocabulary) {
    guard text.utf8.count <= SourceLines.sizeLimit else { return nil }
    let (found, languages, steps) = ProgramReader.wordings(
      file: file, text: text, vocabulary: vocabulary)
    guard let index = languages.firstIndex(of: language), index > 0 else { return nil }
    var rows: [Row] = []
    var places: [Place] = []
    var ids: [String: Int] = [:]
    let names = WordingNames(file: file, nodes: steps)
    for place in found.sorted(by: { $0.line < $1.line }) {
      for source in Self.sources(of: place) {
        let translation = place.variants.first {
          $0.language == index && $0.channel == source.channel
        }
        let channel = source.channel.map { $0 + " " } ?? ""
        let name = names.id(ofLine: place.line) + (source.channel.map { "/" + $0 } ?? "")
        let count = ids[name, default: 0] + 1
        ids[name] = count
        rows.append(
          Row(
            id: count == 1 ? name : "\(name) \(count)", source: source.cell,
            translation: translation?.cell ?? "",
            note: names.note(ofLine: place.line, source.cell)))
        let model = place.variants.first?.lines.lowerBound ?? place.source.first?.line
        places.append(
          Place(
            lines: translation?.lines, end: place.end, model: model ?? place.line,
            isDeeper: model == nil, head: "\(channel)\(language): "))
      }
    }
    self.rows = rows
    self.places = places
    self.text = text
    self.file = file
    self.language = language
    self.vocabulary = vocabulary
  }

  /// The source for all channels, then the channels' own.
  private static func sources(of place: WordingPlace) -> [(channel: String?, cell: String)] {
    let own = place.variants.filter { $0.language == 0 && $0.channel != nil }
    return [(nil, place.cell)] + own.map { ($0.channel, $0.cell) }
  }

  /// A cell in its one form: as the reader takes quotes, dashes, spaces and line ends, whatever a
  /// spreadsheet made of them.
  public static func plain(_ cell: String) -> String { SourceLines.cell(cell) }

  /// Whether the two are the same words, whatever a spreadsheet made of quotes, dashes and spaces.
  public static func isSame(_ left: String, _ right: String) -> Bool {
    SourceLines.cell(left).utf8.elementsEqual(SourceLines.cell(right).utf8)
  }

  /// The file's text with these translations, by the places of their rows.
  ///
  /// Nothing else changes, by a single byte. What would be read as anything but just these words is
  /// refused, by the place of its row.
  public func text(
    with translations: [Int: String]
  ) -> Result<String, RowRefusal> {
    let wanted = translations.filter { !Self.isSame($0.value, rows[$0.key].translation) }
    guard !wanted.isEmpty else { return .success(text) }
    for (row, words) in wanted.sorted(by: { $0.key < $1.key }) {
      if let refusal = refusal(of: words, for: rows[row]) {
        return .failure(RowRefusal(row: row, refusal: refusal))
      }
    }
    var lines = RawLines(text)
    // From the end, so that the lines above keep their numbers; two new ones after the same line
    // come out in the order of their rows.
    let order = wanted.sorted {
      let (left, right) = (places[$0.key], places[$1.key])
      return (left.lines?.lowerBound ?? left.end + 1, $0.key)
        > (right.lines?.lowerBound ?? right.end + 1, $1.key)
    }
    for (row, words) in order { lines = put(words, places[row], into: lines) }
    let result = lines.text
    guard
      let after = TranslationSheet(
        file: file, text: result, language: language, vocabulary: vocabulary)
    else { return .failure(RowRefusal(row: order[0].key, refusal: Self.unreadable)) }
    for row in rows.indices {
      let words = wanted[row] ?? rows[row].translation
      guard after.rows.indices.contains(row), after.rows[row].id == rows[row].id,
        after.rows[row].source == rows[row].source,
        Self.isSame(after.rows[row].translation, words)
      else {
        let culprit = wanted[row] != nil ? row : wanted.keys.filter { $0 <= row }.max() ?? row
        return .failure(RowRefusal(row: culprit, refusal: Self.unreadable))
      }
    }
    guard after.rows.count == rows.count else {
      return .failure(RowRefusal(row: order[0].key, refusal: Self.unreadable))
    }
    return .success(result)
  }

  /// A row by its place, and why its words are refused.
  public struct RowRefusal: Error, Equatable, Sendable {
    /// The place of the row among `rows`.
    public var row: Int
    /// Why.
    public var refusal: Refusal
  }

  private static let unreadable = Refusal(
    sentence: "A line of it would be read as something else than these words. "
      + "Begin it with another word, and do not indent it.")

  private func put(_ words: String, _ place: Place, into lines: RawLines) -> RawLines {
    let indent = lines.indent(ofLine: place.model) + (place.isDeeper ? "  " : "")
    let cell = SourceLines.cell(words).split(separator: "\n", omittingEmptySubsequences: false)
    let new = cell.enumerated().map { number, line in
      number == 0 ? indent + place.head + line : line.isEmpty ? "" : indent + "  " + line
    }
    guard let old = place.lines else {
      return lines.replacing((place.end + 1)..<(place.end + 1), with: new)
    }
    return lines.replacing(old.lowerBound..<(old.upperBound + 1), with: new)
  }

  /// Why these words cannot stand for the row's; nil where they can.
  private func refusal(of words: String, for row: Row) -> Refusal? {
    guard words.utf8.count <= Self.cellLimit else {
      return Refusal(sentence: "The translation is longer than \(Self.cellLimit) bytes.")
    }
    let (wanted, found) = (WordingParts(row.source), WordingParts(words))
    if let lost = wanted.values.subtracting(found.values).min() {
      return Refusal(sentence: "{\(lost)} is missing. Keep it in the translation as it is.")
    }
    if let extra = found.values.subtracting(wanted.values).min() {
      return Refusal(sentence: "{\(extra)} is not in the source. Leave it out.")
    }
    guard wanted.fixed == found.fixed else {
      return Refusal(
        sentence: "A line that begins with “if …:” or “picture …:” is missing or changed. "
          + "Keep what stands before its colon as it is.")
    }
    return nil
  }
}
