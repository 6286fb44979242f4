import Engine

/// Puts the translations of a sheet into the files that they are of, all of them or none.
struct TranslationImport {
  /// The files that change, with their new text.
  private(set) var changed: [(file: String, text: String)] = []
  /// How many translations differ from what the files had.
  private(set) var count = 0
  /// What is wrong, one sentence a row; nothing is changed where there is any.
  private(set) var refusals: [String] = []

  /// Compares the rows with the sheets of the files.
  init(_ rows: [TranslationsFile.Row], sheets: [(file: String, text: String, TranslationSheet)]) {
    var places: [String: (sheet: Int, row: Int)] = [:]
    for (index, sheet) in sheets.enumerated() {
      for (row, wording) in sheet.2.rows.enumerated() { places[wording.id] = (index, row) }
    }
    var wanted = sheets.map { _ in [Int: String]() }
    var lines = sheets.map { _ in [Int: Int]() }
    for row in rows {
      guard let place = places[TranslationSheet.plain(row.id)] else {
        refuse(row.line, "There is no wording “\(row.id.prefix(80))”. Export the sheet again.")
        continue
      }
      let known = sheets[place.sheet].2.rows[place.row]
      guard TranslationSheet.isSame(known.source, row.source) else {
        refuse(row.line, "The source of “\(row.id)” has changed since. Export the sheet again.")
        continue
      }
      let words = TranslationSheet.plain(row.translation)
      guard !words.isEmpty else { continue }
      if let other = wanted[place.sheet][place.row], other != words {
        refuse(row.line, "“\(row.id)” is there twice with other words. Keep one of the rows.")
      }
      wanted[place.sheet][place.row] = words
      lines[place.sheet][place.row] = row.line
    }
    for (index, sheet) in sheets.enumerated() where !wanted[index].isEmpty {
      switch sheet.2.text(with: wanted[index]) {
      case .failure(let refusal):
        refuse(
          lines[index][refusal.row] ?? 0,
          "“\(sheet.2.rows[refusal.row].id)”: \(refusal.refusal.sentence)")
      case .success(let text):
        count += wanted[index].count {
          !TranslationSheet.isSame($0.value, sheet.2.rows[$0.key].translation)
        }
        if !text.utf8.elementsEqual(sheet.text.utf8) { changed.append((sheet.file, text)) }
      }
    }
    if !refusals.isEmpty { changed = [] }
  }

  private mutating func refuse(_ line: Int, _ sentence: String) {
    refusals.append("Line \(line): \(sentence)")
  }
}
