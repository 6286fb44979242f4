import FoundationEssentials

extension JSON {
  /// How much of a JSON text is read before it is refused.
  public struct Limits: Sendable {
    /// The deepest nesting of arrays and objects.
    public var depth: Int
    /// The most values, counted as one for the text and one for each of `[`, `{` and `,`.
    public var values: Int
    /// The longest text in bytes.
    public var bytes: Int

    /// Makes limits; the defaults are those for a provider's callback.
    public init(depth: Int = 32, values: Int = 20_000, bytes: Int = 3 << 20) {
      self.depth = depth
      self.values = values
      self.bytes = bytes
    }
  }

  /// Reads JSON text in UTF-8.
  ///
  /// With `json5` it understands comments, unquoted names, trailing commas and the rest of
  /// <https://spec.json5.org>, as in a file that people write.
  ///
  /// The members of an object come out sorted by the bytes of their names, for Foundation's reader
  /// gives no order; of members with the same name the first wins. A number without a fraction that
  /// fits is an integer, however it is spelled (`1.0`, `1e3`).
  public init(
    parsing bytes: [UInt8], limits: Limits = Limits(), json5: Bool = false
  ) throws(JSONError) {
    var scan = JSONScan(bytes, limits: limits, json5: json5)
    try scan.run()
    // Foundation's reader of JSON5 traps on other bytes.
    guard !json5 || String(validating: bytes, as: UTF8.self) != nil else {
      throw JSONError(reason: .notUTF8, line: nil)
    }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = json5
    // It also reads on where a number ends the text, unless a line end follows.
    let text = json5 ? bytes + [UInt8(ascii: "\n")] : bytes
    do {
      self = try decoder.decode(Decoded.self, from: Data(text)).value
    } catch let error as JSONError {
      throw error
    } catch {
      throw JSONError(reason: .syntax, line: nil)
    }
  }

  /// What carries a value out of Foundation's decoder, without making `JSON` itself `Decodable`.
  private struct Decoded: Decodable {
    let value: JSON

    /// Tries what is common first, because the decoder answers a wrong guess with a costly error.
    init(from decoder: any Decoder) throws {
      let single = try decoder.singleValueContainer()
      if let text = try? single.decode(String.self) {
        value = .string(text)
      } else if single.decodeNil() {
        value = .null
      } else if let object = try? decoder.container(keyedBy: Name.self) {
        let members = try object.allKeys.map { name in
          Member(name.stringValue, try object.decode(Decoded.self, forKey: name).value)
        }
        value = .object(
          members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
      } else if var array = try? decoder.unkeyedContainer() {
        var elements: [JSON] = []
        while !array.isAtEnd { elements.append(try array.decode(Decoded.self).value) }
        value = .array(elements)
      } else if let truth = try? single.decode(Bool.self) {
        value = .bool(truth)
      } else if let integer = try? single.decode(Int64.self) {
        value = .integer(integer)
      } else if let number = try? single.decode(Double.self), number.isFinite {
        value = .number(number)
      } else {
        throw JSONError(reason: .syntax, line: nil)
      }
    }
  }

  /// The name of any member.
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
