import HTTPServer
import Support
import Testing

/// A head as its parts, and what the guard says about it.
struct Rule: CustomTestStringConvertible, Sendable {
  var name: String
  var expected: Refusal?
  var method = "POST"
  var target = "/a?b=c"
  var version = "HTTP/1.1"
  var fields: [(String, String)] = [("Host", "h")]

  var testDescription: String { name }

  init(_ expected: Refusal?, _ name: String, _ change: (inout Rule) -> Void = { _ in }) {
    self.expected = expected
    self.name = name
    change(&self)
  }

  init(_ expected: Refusal?, target: String) {
    self.init(expected, "target \(target.prefix(40))") { $0.target = target }
  }

  init(_ expected: Refusal?, field name: String, _ value: String) {
    self.init(expected, "\(name): \(value)") { $0.fields.append((name, value)) }
  }

  var head: RequestHead {
    var head = RequestHead(method: method.utf8, target: target.utf8, version: version.utf8)
    for (name, value) in fields { head.append(name: name.utf8, value: value.utf8) }
    return head
  }
}

private func methods(_ expected: Refusal?, _ methods: [String]) -> [Rule] {
  methods.map { method in
    Rule(expected, "method \(method.debugDescription)") { $0.method = method }
  }
}

private func versions(_ expected: Refusal?, _ versions: [String]) -> [Rule] {
  versions.map { version in
    Rule(expected, "version \(version.debugDescription)") { $0.version = version }
  }
}

private func targets(_ expected: Refusal?, _ targets: [String]) -> [Rule] {
  targets.map { Rule(expected, target: $0) }
}

private func fields(_ expected: Refusal?, _ name: String, _ values: [String]) -> [Rule] {
  values.map { Rule(expected, field: name, $0) }
}

private let longest = "/" + String(repeating: "a", count: 8_191)

private let requestLineRules: [[Rule]] = [
  methods(nil, ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
  methods(.methodUnknown, ["CONNECT", "TRACE", "get", "GETX", "PRI"]),
  methods(.methodSyntax, ["", "G T", "GET\0", "(GET)", "G\u{E9}T"]),
  versions(
    .version, ["", "HTTP/1.0", "HTTP/1.10", "HTTP/1.1 ", "http/1.1", "HTTP/2.0", "HTTP/1.1\0"]),
  targets(nil, ["/", "/a%20b", "/%41?%ff=%0a", "/~!$&'()*+,;=:@?/|{}", "//", longest]),
  targets(
    .target,
    [
      "", "*", "a", "http://h/a", "/a b", "/\t", "/a\0", "/\u{7F}", "/\u{E9}", "/%", "/%2", "/%2g",
      "/%g2", "/%00", "/%2500%00", "/a?b=%00", "/a#b",
    ]),
  targets(.targetLength, [longest + "a", String(repeating: "%", count: 100_000)]),
]

private let fieldRules: [[Rule]] = [
  fields(nil, "Content-Length", ["0", "5", "007", "9999999999999999999"]),
  fields(
    .contentLength, "content-length",
    [
      "", " ", "-1", "+5", "0x5", "5,5", "5, 5", "5 ", " 5", "5\t", "5.0", "1e3", "\u{665}",
      "00000000000000000005", "99999999999999999999",
    ]),
  fields(.lengthRequired, "Transfer-Encoding", ["chunked", "identity", "", "gzip, chunked", "x"]),
  fields(.fieldSyntax, "Transfer-Encoding", ["\u{B}chunked", "chunked\0"]),
  fields(.contentEncoding, "Content-Encoding", ["gzip", "", "br", "identity, gzip"]),
  fields(nil, "CONTENT-ENCODING", ["identity", "Identity"]),
  fields(
    .expectation, "Expect", ["", "tea", "100-continue, tea", "100-continued", "100-continue"]),
  fields(nil, "!#$%&'*+-.^_`|~", ["", "y", "y\tz", " y ", "caf\u{E9} \u{1F600}"]),
  fields(
    .fieldSyntax, "X", ["\0", "y\0", "y\rz", "y\nz", "y\r\n z", "\u{1}", "\u{1B}[2J", "\u{7F}"]),
  ["", "X Y", "X:", "X\t", "X\0", "X\r", "\u{E9}", "X(", "X,", "\"X\""].map {
    Rule(.fieldSyntax, field: $0, "y")
  },
]

private let combinedRules: [Rule] = [
  Rule(.host, "no Host") { $0.fields = [] },
  Rule(.host, "empty Host") { $0.fields = [("Host", "")] },
  Rule(.host, "Host with a space") { $0.fields = [("Host", "a b")] },
  Rule(.host, "Host beyond ASCII") { $0.fields = [("Host", "caf\u{E9}")] },
  Rule(.host, field: "HOST", "h"),
  Rule(nil, "Host in capitals") { $0.fields = [("HOST", "h:80")] },
  Rule(.contentLength, "two lengths") {
    $0.fields += [("Content-Length", "5"), ("content-length", "5")]
  },
  Rule(.lengthRequired, "both framings") {
    $0.fields += [("Content-Length", "5"), ("Transfer-Encoding", "chunked")]
  },
  Rule(.unexpectedBody, "GET with a body") {
    $0.method = "GET"
    $0.fields.append(("Content-Length", "1"))
  },
  Rule(.unexpectedBody, "HEAD with a body") {
    $0.method = "HEAD"
    $0.fields.append(("Content-Length", "1"))
  },
  Rule(nil, "an expectation with a body to come") {
    $0.fields += [("Content-Length", "1"), ("Expect", "100-Continue")]
  },
  Rule(.expectation, "an expectation with an empty body") {
    $0.fields += [("Content-Length", "0"), ("Expect", "100-continue")]
  },
  Rule(.expectation, "two expectations") {
    $0.fields += [("Content-Length", "1")]
    $0.fields += [("Expect", "100-continue"), ("Expect", "100-continue")]
  },
  Rule(nil, "64 fields") { $0.fields += (1..<64).map { ("X\($0)", "y") } },
  Rule(.fieldSize, "65 fields") { $0.fields += (1..<65).map { ("X\($0)", "y") } },
  Rule(nil, "16 KiB of fields") {
    $0.fields.append(("X", String(repeating: "y", count: 16_384 - 9 - 5)))
  },
  Rule(.fieldSize, "a byte more than 16 KiB of fields") {
    $0.fields.append(("X", String(repeating: "y", count: 16_384 - 9 - 4)))
  },
]

@Suite struct RequestGuardTests {
  @Test(arguments: (requestLineRules + fieldRules).flatMap { $0 } + combinedRules)
  func `each rule holds`(_ rule: Rule) {
    #expect(refusal(of: rule.head) == rule.expected)
  }

  @Test func `a value must be UTF-8`() {
    for value: [UInt8] in [[0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] {
      var head = Rule(nil, "").head
      head.append(name: "X".utf8, value: value)
      #expect(refusal(of: head) == .fieldSyntax)
    }
  }

  @Test(arguments: [
    Rule(nil, "plain"), Rule(nil, field: "Content-Length", "65536"),
    Rule(nil, field: "Connection", "close"), Rule(nil, field: "X", "y"),
  ])
  func `what is usual keeps its connection`(_ rule: Rule) throws {
    let admission = try RequestGuard().admission(of: rule.head)
    #expect(admission.mayKeepAlive)
    #expect(admission.contentLength == (rule.testDescription.contains("65536") ? 65_536 : 0))
  }

  @Test(arguments: [
    Rule(nil, field: "Upgrade", "h2c"),
    Rule(nil, "an expectation") {
      $0.fields += [("Content-Length", "1"), ("Expect", "100-continue")]
    },
    Rule(nil, "GET with a length") {
      $0.method = "GET"
      $0.fields.append(("Content-Length", "0"))
    },
  ])
  func `what is unusual does not`(_ rule: Rule) throws {
    #expect(try !RequestGuard().admission(of: rule.head).mayKeepAlive)
  }

  @Test func `every refusal is an error to the client or the server`() {
    for refusal in Refusal.allCases { #expect((400...599).contains(refusal.status)) }
  }

  /// What is admitted must be clean by a second, plain reading of the rules.
  @Test func `ten thousand random heads do no harm`() {
    var random = SplitMix64(seed: 42)
    let words = [
      "Host", "Content-Length", "Transfer-Encoding", "GET", "POST", "HTTP/1.1", "/", "5", "h", "X",
      "%41", "%", "\0", "\r\n", " ", "\t", ":", "chunked", "Expect", "100-continue", "\u{E9}",
    ]
    func bytes(_ mostly: String) -> [UInt8] {
      switch random.next() % 8 {
      case 0:
        (0..<Int(random.next() % 24)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      case 1, 2:
        (0..<Int(random.next() % 3 + 1))
          .flatMap { _ in Array(words[Int(random.next() % UInt64(words.count))].utf8) }
      default: Array(mostly.utf8)
      }
    }
    var admitted = 0
    for _ in 0..<10_000 {
      let method = bytes("POST")
      let target = bytes("/a")
      var head = RequestHead(method: method, target: target, version: bytes("HTTP/1.1"))
      var fields = [(bytes("Host"), bytes("h"))]
      for _ in 0..<(random.next() % 3) { fields.append((bytes("X"), bytes("y"))) }
      for (name, value) in fields { head.append(name: name, value: value) }
      guard refusal(of: head) == nil else { continue }
      admitted += 1
      #expect(target.first == 0x2F && target.allSatisfy { (0x21...0x7E).contains($0) })
      #expect(
        fields.allSatisfy { name, value in
          !name.isEmpty && name.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
            && !value.contains { $0 < 0x20 && $0 != 0x09 }
        })
      let names = fields.map { String(decoding: $0.0, as: UTF8.self).lowercased() }
      #expect(names.filter { $0 == "host" }.count == 1)
      #expect(!names.contains("transfer-encoding"))
    }
    #expect(admitted > 100 && admitted < 9_000)
  }
}

private func refusal(of head: RequestHead) -> Refusal? {
  do throws(Refusal) {
    _ = try RequestGuard().admission(of: head)
    return nil
  } catch {
    return error
  }
}
