import HTTP
import HTTPServer
import Support
import Testing

/// One hostile request and what must become of it.
struct Hostile: CustomTestStringConvertible, Sendable {
  var name: String
  var bytes: [UInt8]
  /// The status of the only answer; 0 for a connection closed without one.
  var status: Int

  var testDescription: String { name }

  init(_ status: Int, _ name: String, _ text: String) {
    self.init(status, name, Array(text.utf8))
  }

  init(_ status: Int, _ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.status = status
    self.bytes = bytes
  }
}

private let evil = "GET /evil HTTP/1.1\r\nHost: h\r\n\r\n"

private func get(_ target: String, _ fields: String = "") -> String {
  "GET \(target) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n"
}

private func post(_ fields: String, _ body: String = "") -> String {
  "POST /a HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\(body)"
}

private let framing: [Hostile] = [
  Hostile(
    411, "Content-Length and Transfer-Encoding",
    post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + evil)),
  Hostile(
    411, "Transfer-Encoding and Content-Length",
    post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "5c\r\n" + evil)),
  Hostile(411, "chunked", post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n")),
  Hostile(
    411, "chunked with an extension",
    post("Transfer-Encoding: chunked\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n")),
  Hostile(411, "identity encoding", post("Transfer-Encoding: identity\r\n", evil)),
  Hostile(411, "unknown transfer encoding", post("Transfer-Encoding: xchunked\r\n", evil)),
  Hostile(411, "chunked on GET", get("/a", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n" + evil),
  Hostile(
    400, "two different Content-Lengths",
    post("Content-Length: 0\r\nContent-Length: 5\r\n", evil)),
  Hostile(
    400, "two equal Content-Lengths",
    post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello" + evil)),
  Hostile(400, "a list of Content-Lengths", post("Content-Length: 5, 5\r\n", "hello" + evil)),
  Hostile(400, "negative Content-Length", post("Content-Length: -1\r\n", evil)),
  Hostile(400, "Content-Length with a plus", post("Content-Length: +5\r\n", "hello" + evil)),
  Hostile(400, "hexadecimal Content-Length", post("Content-Length: 0x5\r\n", "hello" + evil)),
  Hostile(400, "empty Content-Length", post("Content-Length:\r\n", evil)),
  Hostile(400, "Content-Length with a space after", post("Content-Length: 5 \r\n", "hello" + evil)),
  Hostile(
    400, "Content-Length of 30 digits",
    post("Content-Length: 000000000000000000000000000005\r\n", "hello" + evil)),
  Hostile(
    413, "Content-Length beyond 64 bits of sign", post("Content-Length: 9999999999999999999\r\n")),
  Hostile(400, "space before the colon", post("Content-Length : 5\r\n", "hello" + evil)),
  Hostile(400, "tab before the colon", post("Content-Length\t: 5\r\n", "hello" + evil)),
  Hostile(
    400, "folded Transfer-Encoding", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n" + evil)),
  Hostile(
    400, "folded header", post("X: a\r\n b\r\nContent-Length: 5\r\n", "hello" + evil)),
  Hostile(400, "folded last header", get("/a", "X: a\r\n\tb\r\n") + evil),
  Hostile(400, "first header folded", "GET /a HTTP/1.1\r\n X: y\r\nHost: h\r\n\r\n" + evil),
  Hostile(400, "body on GET", get("/a", "Content-Length: \(evil.utf8.count)\r\n") + evil),
  Hostile(
    400, "body on HEAD",
    "HEAD /a HTTP/1.1\r\nHost: h\r\nContent-Length: \(evil.utf8.count)\r\n\r\n\(evil)"),
  Hostile(415, "gzip body", post("Content-Encoding: gzip\r\nContent-Length: 5\r\n", "hello")),
  Hostile(417, "expectation without a body", get("/a", "Expect: 100-continue\r\n") + "\r\n"),
  Hostile(417, "expectation of an empty body", post("Expect: 100-continue\r\n") + evil),
  Hostile(417, "unknown expectation", post("Expect: tea\r\nContent-Length: 5\r\n", "hello")),
]

private let lines: [Hostile] = [
  Hostile(400, "bare line feeds", "GET /a HTTP/1.1\nHost: h\n\n" + evil),
  Hostile(400, "one bare line feed", "GET /a HTTP/1.1\r\nHost: h\nX: y\r\n\r\n" + evil),
  Hostile(400, "bare line feed at the end", "GET /a HTTP/1.1\r\nHost: h\r\n\n" + evil),
  Hostile(400, "bare carriage return", get("/a", "X: y\rZ: z\r\n") + evil),
  Hostile(400, "NUL in a value", get("/a", "X: y\0z\r\n")),
  Hostile(400, "NUL in the last value", get("/a", "X: y\0\r\n")),
  Hostile(400, "NUL in a name", get("/a", "X\0Y: z\r\n")),
  Hostile(400, "NUL in the target", get("/a\0b")),
  Hostile(400, "NUL in the query", get("/a?b\0c")),
  Hostile(400, "NUL in the method", "GE\0T /a HTTP/1.1\r\nHost: h\r\n\r\n"),
  Hostile(400, "NUL in the version", "GET /a HTTP/1.1\0\r\nHost: h\r\n\r\n"),
  Hostile(400, "control character in a value", get("/a", "X: y\u{1}\r\n")),
  Hostile(400, "DEL in a value", get("/a", "X: y\u{7F}\r\n")),
  Hostile(
    400, "a value that is not UTF-8",
    Array("GET /a HTTP/1.1\r\nHost: h\r\nX: ".utf8) + [0xFF, 0xC0, 0x80] + Array("\r\n\r\n".utf8)),
  Hostile(400, "header without a colon", get("/a", "nonsense\r\n")),
  Hostile(400, "header without a name", get("/a", ": x\r\n") + evil),
  Hostile(400, "header of a colon only", get("/a", ":\r\n") + evil),
  Hostile(400, "name with a space", get("/a", "X Y: z\r\n")),
  Hostile(400, "name with brackets", get("/a", "X(1): z\r\n")),
  Hostile(400, "no Host", "GET /a HTTP/1.1\r\nX: y\r\n\r\n"),
  Hostile(400, "two Hosts", get("/a", "Host: h\r\n")),
  Hostile(400, "empty Host", "GET /a HTTP/1.1\r\nHost:\r\n\r\n"),
  Hostile(400, "Host with a space", "GET /a HTTP/1.1\r\nHost: a b\r\n\r\n"),
  Hostile(505, "HTTP/1.0", "GET /a HTTP/1.0\r\nHost: h\r\n\r\n"),
  Hostile(505, "HTTP/1.2", "GET /a HTTP/1.2\r\nHost: h\r\n\r\n"),
  Hostile(505, "HTTP/2.0", "GET /a HTTP/2.0\r\nHost: h\r\n\r\n"),
  Hostile(400, "HTTP/0.9", "GET /a\r\n\r\n"),
  Hostile(400, "lower-case version", "GET /a http/1.1\r\nHost: h\r\n\r\n"),
  Hostile(0, "two spaces", "GET  /a  HTTP/1.1\r\nHost: h\r\n\r\n"),
  Hostile(501, "unknown method", "BREW /a HTTP/1.1\r\nHost: h\r\n\r\n"),
  Hostile(501, "lower-case method", "get /a HTTP/1.1\r\nHost: h\r\n\r\n"),
  Hostile(501, "CONNECT", "CONNECT /a HTTP/1.1\r\nHost: h\r\n\r\n"),
  Hostile(400, "method that is no token", "G(T /a HTTP/1.1\r\nHost: h\r\n\r\n"),
  Hostile(400, "absolute target", get("http://h/a")),
  Hostile(400, "asterisk", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"),
  Hostile(400, "encoded NUL", get("/a%00b")),
  Hostile(400, "broken escape", get("/a%2")),
  Hostile(400, "escape that is not hexadecimal", get("/a%zz")),
  Hostile(400, "control character in the target", get("/a\u{1}b")),
  Hostile(400, "bytes beyond ASCII in the target", get("/caf\u{E9}")),
  Hostile(400, "fragment", get("/a#b")),
  Hostile(414, "long target", get("/" + String(repeating: "a", count: 8_192))),
  Hostile(
    431, "65 header fields",
    get("/a", (1...64).map { "X\($0): y\r\n" }.joined())),
  Hostile(
    431, "16 KiB of header fields",
    get(
      "/a",
      "X: \(String(repeating: "y", count: 16_300))\r\n"
        + "Y: \(String(repeating: "y", count: 100))\r\n")),
]

/// What a connection shows for every hostile request; no request in it reaches the handler.
@Suite struct ClientConnectionTests {
  @Test(arguments: framing + lines)
  func `a hostile request is refused and its connection closed`(_ hostile: Hostile) throws {
    let recorder = Recorder()
    let server = try recorder.server()
    let client = try RawClient(port: server.port)
    client.send(hostile.bytes)
    let answers = client.answersUntilClosed()
    #expect(answers.map(\.status) == (hostile.status == 0 ? [] : [hostile.status]))
    #expect(answers.allSatisfy { $0.closes })
    #expect(recorder.urls == [])

    let good = try RawClient(port: server.port)
    good.send(get("/good"))
    #expect(good.answer()?.body == "saw /good")
    server.stop()
    #expect(server.counts.connections == 0)
  }

  /// What libmicrohttpd 0.9 leaves over here would be its next request.
  ///
  /// It takes a line that begins with a colon for the end of the head, and in the first two the bytes
  /// that it has overwritten by then are those of a clean end.
  @Test(arguments: [
    "GET /a HTTP/1.1\r\nHost: h\r\n:\n\(evil)",
    "GET /a HTTP/1.1\r\nHost: h\n:\r\n\(evil)",
    "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi\(evil)",
    "\r\n\r\n\(get("/a"))\(evil)",
  ])
  func `nothing after a request is taken for another`(text: String) throws {
    let recorder = Recorder()
    let server = try recorder.server()
    let client = try RawClient(port: server.port)
    client.send(text)
    let answers = client.answersUntilClosed()
    #expect(answers.map(\.status) == [200])
    #expect(answers.allSatisfy { $0.closes })
    #expect(recorder.urls == ["/a"])
  }

  @Test func `a request inside a body stays a body`() throws {
    let recorder = Recorder()
    let server = try recorder.server()
    let client = try RawClient(port: server.port)
    client.send(post("Content-Length: \(evil.utf8.count)\r\n", evil))
    #expect(client.answer()?.status == 200)
    client.send(get("/next"))
    #expect(client.answer()?.body == "saw /next")
    #expect(recorder.urls == ["/a", "/next"])
    #expect(recorder.requests.first?.body == Array(evil.utf8))
  }

  @Test func `random bytes never reach the handler and never stop the server`() throws {
    let recorder = Recorder()
    let server = try recorder.server()
    var random = SplitMix64(seed: 7)
    let alphabet = Array("GET POST /a HTTP/1.1\r\n\r\n: Host:h Content-Length:5\0\t".utf8)
    for round in 0..<300 {
      let client = try RawClient(port: server.port)
      let count = Int.random(in: 0...600, using: &random)
      client.send(
        (0..<count).map { _ in
          round % 2 == 0
            ? UInt8.random(in: 0...255, using: &random)
            : alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        })
      client.finishSending()
      for answer in client.answersUntilClosed() { #expect((400...599).contains(answer.status)) }
    }
    #expect(recorder.urls == [])
    let good = try RawClient(port: server.port)
    good.send(get("/good"))
    #expect(good.answer()?.body == "saw /good")
  }

  /// Each is a good request with one byte changed, lost or doubled.
  @Test func `a damaged request is whole or refused, and never two`() throws {
    let recorder = Recorder()
    let server = try recorder.server()
    var random = SplitMix64(seed: 11)
    let good = Array(post("Content-Length: 5\r\nX-Y: z\r\n", "hello").utf8)
    for _ in 0..<300 {
      var bytes = good
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch random.next() % 3 {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: index)
      default: bytes.insert(bytes[index], at: index)
      }
      let client = try RawClient(port: server.port)
      client.send(bytes + Array(evil.utf8))
      client.finishSending()
      let answers = client.answersUntilClosed()
      #expect(answers.count <= 1)
    }
    #expect(!recorder.urls.contains("/evil"))
  }
}
