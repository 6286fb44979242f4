import Gateway
import Messaging

/// Whom one call of `send` writes to, and what: a list that staff have as a file.
///
/// Each row is a number or address and perhaps a text of its own. A row of headings at the top,
/// empty rows and empty columns are skipped. Either every row is in order or `problems` says of each
/// what is not, without any number.
struct SendList {
  /// The most messages of one list: they are queued by one commit, which all others wait for.
  static let limit = 50_000

  /// The longest file in bytes.
  static let fileLimit = 32 << 20

  /// The messages, in the order of the file; no address is in it twice.
  private(set) var messages: [(address: Address, text: String)] = []
  /// What is wrong, a sentence for each row, in the order of the file.
  private(set) var problems: [String] = []
  /// The lines that repeat a number with the same text, and were left out.
  private(set) var repeats: [Int] = []
  /// What was put in the place of characters that cost more.
  private(set) var replacements: [Typography.Replacement] = []

  private let common: String?
  private let settings: GatewaySettings
  private var places: [Address: (line: Int, text: String)] = [:]

  /// Reads the list; `text` is for the rows that have none of their own, nil for none.
  init(parsing bytes: [UInt8], text: String?, settings: GatewaySettings) {
    self.settings = settings
    let plain = text.map { Typography.plain(Normal.nfc($0)) }
    common = plain?.text
    replacements = plain?.replacements ?? []
    read(bytes)
  }

  private mutating func read(_ bytes: [UInt8]) {
    var isFirst = true
    for row in CommaSeparatedRows(bytes) {
      var row = row
      row.fields = row.fields.map(\.trimmed)
      guard row.fault != nil || row.fields.contains(where: { !$0.isEmpty }) else { continue }
      defer { isFirst = false }
      if isFirst, row.fault == nil, isHeading(row.fields[0]) { continue }
      do throws(Problem) {
        try take(row)
      } catch {
        problems.append("Line \(row.line): \(error)")
      }
    }
    if messages.isEmpty, problems.isEmpty { problems.append("There is no number in the list.") }
  }

  /// Whether the first field of a list is a heading: it has no digit and is no address.
  private func isHeading(_ field: String) -> Bool {
    !field.unicodeScalars.contains { $0.properties.numericType != nil }
      && (try? Address(text: field)) == nil
  }

  private mutating func take(_ row: CommaSeparatedRows.Row) throws(Problem) {
    if let fault = row.fault { throw Problem(description: fault) }
    guard row.fields.dropFirst(2).allSatisfy(\.isEmpty) else {
      throw Problem(
        description: "There are more than two columns. Put a text that has a comma in quotes.")
    }
    let address = try Self.address(in: row.fields[0], region: settings.region)
    let text = try text(of: row)
    if let earlier = places[address] {
      guard earlier.text.utf8.elementsEqual(text.utf8) else {
        throw Problem(
          description: "Line \(earlier.line) has the same number with another text. Keep one.")
      }
      return repeats.append(row.line)
    }
    do throws(Desk.Refusal) {
      _ = try Desk.channel(for: text, to: address, settings: settings)
    } catch {
      throw Problem(description: error.description)
    }
    guard messages.count < Self.limit else {
      throw Problem(description: "A list has at most \(Self.limit) numbers. Split it.")
    }
    places[address] = (row.line, text)
    messages.append((address, text))
  }

  private mutating func text(of row: CommaSeparatedRows.Row) throws(Problem) -> String {
    guard row.fields.count > 1, !row.fields[1].isEmpty else {
      guard let common else {
        throw Problem(description: "It has no text. Add one, or give one for all after the file.")
      }
      return common
    }
    let plain = Typography.plain(Normal.nfc(row.fields[1]))
    let isPrintable = plain.text.unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control || $0 == "\n"
    }
    guard isPrintable else {
      throw Problem(description: "The text has a character that cannot be shown. Type it anew.")
    }
    for replacement in plain.replacements { note(replacement) }
    return plain.text
  }

  private mutating func note(_ replacement: Typography.Replacement) {
    if let index = replacements.firstIndex(where: { $0.from == replacement.from }) {
      replacements[index].count += replacement.count
    } else {
      replacements.append(replacement)
    }
  }

  /// Reads a number as staff write it, or an address with its scheme.
  ///
  /// The apostrophe that keeps a spreadsheet from taking a plus for a formula is left out.
  static func address(in text: String, region: String) throws(Problem) -> Address {
    guard !text.contains(":") else {
      do throws(AddressError) {
        return try Address(text: text)
      } catch {
        throw Problem(description: error.message)
      }
    }
    do throws(PhoneNumberError) {
      return try Address.phone(
        text.hasPrefix("'") ? String(text.dropFirst()) : text, region: region)
    } catch {
      throw Problem(description: error.message)
    }
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    guard let first = unicodeScalars.firstIndex(where: { !isSpace($0) }),
      let last = unicodeScalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(unicodeScalars[first...last])
  }
}
