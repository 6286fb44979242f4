extension JSON {
  /// The value as JSON text by RFC 8259, on one line, members in their order.
  public var text: String { String(decoding: serialized(), as: UTF8.self) }

  /// The bytes of ``text``.
  ///
  /// U+2028 and U+2029 are escaped, so the text may stand in a script. A number that is not finite,
  /// which JSON cannot say, is written as `null`.
  public func serialized() -> [UInt8] {
    var output: [UInt8] = []
    append(to: &output)
    return output
  }

  /// Appends the bytes of ``text``.
  public func append(to output: inout [UInt8]) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): output.append(contentsOf: String(value).utf8)
    case .number(let value):
      output.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
    case .string(let value): Self.append(quoted: value, to: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        element.append(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        Self.append(quoted: member.name, to: &output)
        output.append(UInt8(ascii: ":"))
        member.value.append(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private static func append(quoted text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output.append(contentsOf: #"\""#.utf8)
      case "\\": output.append(contentsOf: #"\\"#.utf8)
      case "\n": output.append(contentsOf: #"\n"#.utf8)
      case "\r": output.append(contentsOf: #"\r"#.utf8)
      case "\t": output.append(contentsOf: #"\t"#.utf8)
      case "\u{2028}": output.append(contentsOf: #"\u2028"#.utf8)
      case "\u{2029}": output.append(contentsOf: #"\u2029"#.utf8)
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        output.append(contentsOf: (digits.utf8.count == 1 ? #"\u000"# : #"\u00"#).utf8)
        output.append(contentsOf: digits.utf8)
      default:
        if scalar.isASCII {
          output.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
          output.append(contentsOf: UTF8.encode(scalar) ?? .init())
        }
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
