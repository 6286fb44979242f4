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
  /// The members of an object come out sorted by the bytes of their names, however they came; of
  /// members with the same name the first wins. A number without a fraction that fits is an integer,
  /// however it is spelled (`1.0`, `1e3`).
  public init(
    parsing bytes: [UInt8], limits: Limits = Limits(), json5: Bool = false
  ) throws(JSONError) {
    guard !json5 else {
      self = try Self.readJSON5(bytes, limits: limits)
      return
    }
    let read = bytes.withUnsafeBufferPointer { buffer -> JSON? in
      guard buffer.count <= limits.bytes else { return nil }
      var reader = JSONReader(buffer, limits: limits)
      return try? reader.read()
    }
    guard let read else {
      // What is wrong, and where, is looked for only now.
      var scan = JSONScan(bytes, limits: limits, json5: false)
      try scan.run()
      throw JSONError(reason: .syntax, line: nil)
    }
    self = read
  }

  /// The members sorted by the bytes of their names, without those that repeat one.
  static func inOrder(_ members: [Member]) -> [Member] {
    let sorted = members.enumerated().sorted { left, right in
      switch compare(left.element.name, right.element.name) {
      case 0: left.offset < right.offset
      case let order: order < 0
      }
    }
    var result: [Member] = []
    result.reserveCapacity(sorted.count)
    for (_, member) in sorted where result.last.map({ compare($0.name, member.name) }) != 0 {
      result.append(member)
    }
    return result
  }

  /// Below 0, 0 or above 0, as the bytes of the first name come before, equal or follow the other's.
  private static func compare(_ left: String, _ right: String) -> Int {
    for (one, other) in zip(left.utf8, right.utf8) where one != other {
      return Int(one) - Int(other)
    }
    return left.utf8.count - right.utf8.count
  }

  private static func readJSON5(_ bytes: [UInt8], limits: Limits) throws(JSONError) -> JSON {
    var scan = JSONScan(bytes, limits: limits, json5: true)
    try scan.run()
    // Foundation's reader of JSON5 traps on other bytes.
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw JSONError(reason: .notUTF8, line: nil)
    }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    // It also reads on where a number ends the text, unless a line end follows.
    do {
      return try decoder.decode(Decoded.self, from: Data(bytes + [UInt8(ascii: "\n")])).value
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
        value = .object(JSON.inOrder(members))
      } else if var array = try? decoder.unkeyedContainer() {
        var elements: [JSON] = []
        while !array.isAtEnd { elements.append(try array.decode(Decoded.self).value) }
        value = .array(elements)
      } else if let truth = try? single.decode(Bool.self) {
        value = .bool(truth)
      } else if let integer = try? single.decode(Int64.self) {
        value = .integer(integer)
      } else if let number = try? single.decode(Double.self), number.isFinite {
        // A fraction may have been too fine for a number of 64 bits, and is none then.
        value = Int64(exactly: number).map { .integer($0) } ?? .number(number)
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
