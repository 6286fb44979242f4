import Engine
import Glibc

extension Command {
  /// Hands the wording of conversations to a translator, and takes the translations back.
  static let translations = Command(
    name: "translations", synopsis: "export|import LANG [FILE] [--config FILE]",
    summary: "Writes the wording for a translator as CSV, and puts translations back.",
    details: """
      commonthread translations export cy > cy.csv
      commonthread translations import cy cy.csv

      The sheet has a row a wording: id, source, translation, note. Open it in any spreadsheet, fill
      in the column translation, and save it as CSV in UTF-8. What comes back may have lost rows or
      changed their order. import changes only the translations that differ. It refuses a row whose
      source has changed since, and a translation that lost a value in braces; then nothing at all is
      changed, and the exit code is 1. An empty cell leaves the file as it is.

      Only files that name the language under languages: are in the sheet. Keywords are not: they
      must not clash with those of other conversations.
      """
  ) { words in
    let arguments = try Arguments(words, options: ["--config"])
    let operands = arguments.operands
    guard let verb = operands.first, operands.count >= 2,
      (verb == "export" && operands.count == 2) || (verb == "import" && operands.count == 3)
    else {
      throw Arguments.Misuse(
        description: "translations takes export and a language, or import, a language and a file.")
    }
    let folder = try ConfigurationFile.load(arguments["--config"]).conversations
    let sheets = try TranslationSheets.load(folder, language: operands[1])
    guard verb == "import" else {
      return Terminal.write(TranslationsFile.bytes(of: sheets.flatMap { $0.2.rows })) ? 0 : 1
    }
    guard let bytes = FileBytes.read(operands[2], limit: TranslationsFile.limit) else {
      throw Problem(description: "Cannot read \(operands[2]), or it is over 8 MiB.")
    }
    let rows: [TranslationsFile.Row]
    do throws(TranslationsFile.Fault) {
      rows = try TranslationsFile.rows(of: bytes)
    } catch {
      throw Problem(description: "\(operands[2]): \(error.sentence)")
    }
    let plan = TranslationImport(rows, sheets: sheets)
    guard plan.refusals.isEmpty else {
      for refusal in plan.refusals { Terminal.complain("\(operands[2]): \(refusal)") }
      Terminal.complain("Nothing was changed.")
      return 1
    }
    try TranslationSheets.save(plan.changed, in: folder)
    Terminal.say("\(plan.count) translations put into \(plan.changed.count) files.")
    return 0
  }
}

/// The sheets of a folder's files.
enum TranslationSheets {
  /// Reads the files that declare the language, with their sheets.
  ///
  /// Throws `Problem` for a folder or file that cannot be read, and where no file declares it.
  static func load(
    _ folder: String, language: String
  ) throws -> [(file: String, text: String, TranslationSheet)] {
    let files = try ConversationFolder.files(in: folder)
    func text(_ name: String) -> String { files.first { $0.name == name }?.text ?? "" }
    let (vocabulary, _) = Vocabulary.load(
      engine: ("engine.txt", text("engine.txt")),
      commonWords: ("common-words.txt", text("common-words.txt")))
    guard let vocabulary else {
      throw Problem(
        description: "engine.txt or common-words.txt cannot be read. Call commonthread check.")
    }
    let sheets = files.compactMap { name, text -> (file: String, text: String, TranslationSheet)? in
      TranslationSheet(file: name, text: text, language: language, vocabulary: vocabulary)
        .map { (name, text, $0) }
    }
    guard !sheets.isEmpty else {
      throw Problem(
        description: "No conversation is translated into “\(language)”. Add it to languages: first."
      )
    }
    for sheet in sheets {
      let bytes = FileBytes.read(folder + "/" + sheet.file, limit: 1 << 20) ?? []
      guard bytes.elementsEqual(sheet.text.utf8) else {
        throw Problem(description: "\(folder)/\(sheet.file) is not in UTF-8. Save it as UTF-8.")
      }
    }
    return sheets
  }

  /// Writes the files: all of them beside the old ones first, and only then in their places.
  static func save(_ files: [(file: String, text: String)], in folder: String) throws {
    var written: [String] = []
    defer { for path in written { unlink(path) } }
    for (file, text) in files {
      let path = "\(folder)/\(file)"
      written.append(path + ".new")
      guard write(Array(text.utf8), to: path + ".new", like: path) else {
        throw Problem(
          description: "Cannot write \(path).new (error \(errno)). Nothing was changed.")
      }
    }
    for (file, _) in files {
      let path = "\(folder)/\(file)"
      guard rename(path + ".new", path) == 0 else {
        throw Problem(description: "Cannot replace \(path) (error \(errno)). Import again.")
      }
    }
  }

  /// Writes a whole file with the rights of another, and has it on the disk.
  private static func write(_ bytes: [UInt8], to path: String, like other: String) -> Bool {
    var status = stat()
    guard stat(other, &status) == 0 else { return false }
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, status.st_mode & 0o777)
    guard file >= 0 else { return false }
    defer { close(file) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return fsync(file) == 0
  }
}
