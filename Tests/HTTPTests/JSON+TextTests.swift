import Foundation
import HTTP
import Support
import Testing

@Suite struct JSONTextTests {
  private static let values: [(JSON, String)] = [
    (.null, "null"), (true, "true"), (false, "false"), (0, "0"), (-7, "-7"),
    (.integer(.min), "-9223372036854775808"), (.integer(.max), "9223372036854775807"),
    (0.5, "0.5"), (1e300, "1e+300"), (.number(.nan), "null"), (.number(-.infinity), "null"),
    ([], "[]"), ([:], "{}"), ([1, [2], nil], "[1,[2],null]"),
    (["b": 1, "a": ["c": "d"]], #"{"b":1,"a":{"c":"d"}}"#),
    ("a\"b\\c/", #""a\"b\\c/""#), ("\n\r\t\u{8}\u{1F}\u{0}", #""\n\r\t\u0008\u001f\u0000""#),
    ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("é😀\u{7F}", "\"é😀\u{7F}\""),
    ("\r\n", #""\r\n""#),
  ]

  @Test(arguments: values)
  func `a value is written as RFC 8259 says`(value: JSON, text: String) {
    #expect(Array(value.text.utf8) == Array(text.utf8))
  }

  @Test func `Foundation and our own reader read what is written`() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<1_000 {
      let value = Self.random(depth: 4, using: &random)
      let bytes = value.serialized()
      #expect(throws: Never.self) {
        try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      }
      #expect(try JSON(parsing: bytes).serialized() == bytes)
    }
  }

  /// A value whose members are sorted and whose numbers without a fraction are integers, as a read
  /// one.
  private static func random(depth: Int, using random: inout SplitMix64) -> JSON {
    switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int64.random(in: .min ... .max, using: &random))
    case 3: return .number(Double(Int.random(in: -99...99, using: &random)) + 0.25)
    case 4, 5: return .string(text(using: &random))
    case 6:
      return .array((0..<3).map { _ in Self.random(depth: depth - 1, using: &random) })
    default:
      return .object(
        ["", "a", "a b", "é"].map {
          JSON.Member($0, Self.random(depth: depth - 1, using: &random))
        })
    }
  }

  private static func text(using random: inout SplitMix64) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let number = UInt32.random(in: 0...0x2FFF, using: &random)
      text.unicodeScalars.append(Unicode.Scalar(number) ?? "\u{FFFD}")
    }
    return text
  }
}
