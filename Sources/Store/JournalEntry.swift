import Messaging

/// Something that a restored backup must not forget.
///
/// An opt-out and an opt-in carry the place of their event, so that applying them again, in their
/// order, does what it did the first time, whatever of it the backup holds already.
public enum JournalEntry: Equatable, Sendable {
  /// The address wants no more since that event; `isCarrier` when the network says so.
  case optOut(Address, isCarrier: Bool, sequence: Int64)
  /// The address wants messages again since that event.
  case optIn(Address, sequence: Int64)
  /// The provider has the message.
  case accepted(RecordID)

  /// The entry as a line: its words, the end mark that a cut line lacks, and a line break.
  public var line: String {
    switch self {
    case .optOut(let address, let isCarrier, let sequence):
      "stop \(Self.escaped(address)) \(isCarrier ? "carrier" : "word") \(sequence) .\n"
    case .optIn(let address, let sequence): "start \(Self.escaped(address)) \(sequence) .\n"
    case .accepted(let id): "accepted \(id.text) .\n"
    }
  }

  /// Reads what `line` gave; nil for anything else, such as a line that was cut short.
  public init?(line: String) {
    guard line.utf8.last == 10, line.utf8.count <= Self.longestLine,
      let entry = Self(
        words: line.dropLast().split(separator: " ", omittingEmptySubsequences: false))
    else { return nil }
    self = entry
  }

  private init?(words: [Substring]) {
    switch (words.first, words.last, words.count) {
    case ("stop", ".", 5):
      guard let address = Self.address(words[1]), let sequence = Int64(words[3]),
        words[2] == "carrier" || words[2] == "word"
      else { return nil }
      self = .optOut(address, isCarrier: words[2] == "carrier", sequence: sequence)
    case ("start", ".", 4):
      guard let address = Self.address(words[1]), let sequence = Int64(words[2]) else {
        return nil
      }
      self = .optIn(address, sequence: sequence)
    case ("accepted", ".", 3):
      guard let id = RecordID(text: String(words[1])) else { return nil }
      self = .accepted(id)
    default: return nil
    }
  }

  /// The longest line of an entry, with its line break, in bytes; longer ones are not read.
  public static let longestLine = 4096

  /// The address as one word: a space, a control character or a percent sign in it, as in a named
  /// sender, becomes `%` and two hexadecimal digits.
  private static func escaped(_ address: Address) -> String {
    var bytes: [UInt8] = []
    for byte in address.text.utf8 {
      if byte > 32, byte != UInt8(ascii: "%"), byte != 127 {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func address(_ word: Substring) -> Address? {
    let parts = word.split(separator: "%", omittingEmptySubsequences: false)
    var bytes = Array(parts[0].utf8)
    for part in parts.dropFirst() {
      let code = part.utf8.prefix(2)
      let values = code.compactMap { digits.firstIndex(of: $0) }
      guard values.count == 2 else { return nil }
      bytes.append(UInt8(values[0] << 4 | values[1]))
      bytes += part.utf8.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self).flatMap(Address.init(stored:))
  }

  private static let digits = Array("0123456789ABCDEF".utf8)
}
