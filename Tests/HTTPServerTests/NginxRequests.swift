import Testing

/// Requests as they are sent to nginx, what it answers, and what of them reaches the handler.
struct ProxiedRequest: CustomTestStringConvertible, Sendable {
  var name: String
  var bytes: [UInt8]
  /// The statuses of the answers, in order, until the connection closes or nothing more comes.
  var statuses: [Int]
  /// The targets that reach the handler, in order.
  var reached: [String]

  var testDescription: String { name }

  init(_ statuses: [Int], _ reached: [String], _ name: String, _ text: String) {
    self.init(statuses, reached, name, Array(text.utf8))
  }

  init(_ statuses: [Int], _ reached: [String], _ name: String, _ bytes: [UInt8]) {
    self.statuses = statuses
    self.reached = reached
    self.name = name
    self.bytes = bytes
  }
}

private let host = "Host: hooks.elmhomes.example\r\n"
/// What must never be taken for a request: nginx sees it as part of another one, or not at all.
private let evil = "GET /hooks/evil HTTP/1.1\r\n\(host)\r\n"
private let length = "Content-Length: \(evil.utf8.count)\r\n"

private func get(_ target: String, _ fields: String = "", host line: String = host) -> String {
  "GET \(target) HTTP/1.1\r\n\(line)\(fields)\r\n"
}

private func post(_ fields: String, _ body: String = "") -> String {
  "POST /hooks/a HTTP/1.1\r\n\(host)\(fields)\r\n\(body)"
}

private func chunk(_ text: String) -> String {
  String(text.utf8.count, radix: 16) + "\r\n\(text)\r\n"
}

private func chunked(_ body: String, _ fields: String = "") -> String {
  post("Transfer-Encoding: chunked\r\n\(fields)", body)
}

extension ProxiedRequest {
  /// Each hides a second request, or breaks the grammar where programs are known to differ.
  static let hostile = hostileFraming + hostileChunks + hostileLines + hostileTargets

  private static let hostileFraming: [ProxiedRequest] = [
    .init(
      [400], [], "Content-Length and Transfer-Encoding",
      post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + evil)),
    .init(
      [400], [], "Transfer-Encoding and Content-Length",
      post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + evil)),
    .init([501], [], "identity encoding", post("Transfer-Encoding: identity\r\n\(length)", evil)),
    .init([501], [], "unknown transfer encoding", post("Transfer-Encoding: xchunked\r\n", evil)),
    .init([501], [], "two encodings in one", post("Transfer-Encoding: gzip, chunked\r\n", evil)),
    .init([501], [], "chunked, then identity", post("Transfer-Encoding: chunked, x\r\n", evil)),
    .init(
      [400], [], "chunked twice",
      chunked("0\r\n\r\n" + evil, "Transfer-Encoding: chunked\r\n")),
    .init(
      [400], [], "chunked, and identity in another line",
      chunked("0\r\n\r\n" + evil, "Transfer-Encoding: identity\r\n")),
    .init([501], [], "tab before chunked", post("Transfer-Encoding:\tchunked\r\n", evil)),
    .init([501], [], "control before chunked", post("Transfer-Encoding: \u{B}chunked\r\n", evil)),
    .init([501], [], "quoted chunked", post("Transfer-Encoding: \"chunked\"\r\n", evil)),
    .init(
      [400], [], "folded Transfer-Encoding",
      post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n" + evil)),
    .init([400], [], "space before the colon", post("Content-Length : 5\r\n", "hello" + evil)),
    .init([400], [], "tab before the colon", post("Content-Length\t: 5\r\n", "hello" + evil)),
    .init([400], [], "space before the name", post("X: y\r\n \(length)", evil)),
    .init([400], [], "two Content-Lengths", post("Content-Length: 0\r\n\(length)", evil)),
    .init([400], [], "the same Content-Length twice", post(length + length, evil)),
    .init([400], [], "a list of Content-Lengths", post("Content-Length: 5, 5\r\n", "hello" + evil)),
    .init([400], [], "negative Content-Length", post("Content-Length: -1\r\n", evil)),
    .init([400], [], "Content-Length with a plus", post("Content-Length: +5\r\n", "hello" + evil)),
    .init([400], [], "hexadecimal Content-Length", post("Content-Length: 0x5\r\n", "hello" + evil)),
    .init([400], [], "empty Content-Length", post("Content-Length:\r\n", evil)),
    .init(
      [400], [], "Content-Length beyond 64 bits",
      post("Content-Length: 18446744073709551621\r\n", "hello" + evil)),
    .init([413], [], "Content-Length of a terabyte", post("Content-Length: 1099511627776\r\n")),
    .init([400], [], "body on GET", get("/hooks/a", length) + evil),
    .init(
      [400], [], "chunked body on GET",
      get("/hooks/a", "Transfer-Encoding: chunked\r\n")
        + chunk(evil) + "0\r\n\r\n"),
    .init([415], [], "gzip body", post("Content-Encoding: gzip\r\nContent-Length: 5\r\n", "hello")),
    .init(
      [400], [], "chunked in HTTP/1.0",
      "POST /hooks/a HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(evil)"),
  ]

  private static let hostileChunks: [ProxiedRequest] = [
    .init([400], [], "a chunk's size beyond 64 bits", chunked("10000000000000005\r\nhello" + evil)),
    .init([400], [], "negative size of a chunk", chunked("-5\r\nhello\r\n0\r\n\r\n" + evil)),
    .init([400], [], "a chunk's size with a prefix", chunked("0x5\r\nhello\r\n0\r\n\r\n" + evil)),
    .init([400], [], "a chunk without a size", chunked("\r\n\r\n0\r\n\r\n" + evil)),
    .init([400], [], "a chunk longer than it says", chunked("1\r\nab\r\n0\r\n\r\n" + evil)),
    .init([400], [], "a space before a chunk's size", chunked(" 5\r\nhello\r\n0\r\n\r\n" + evil)),
  ]

  private static let hostileLines: [ProxiedRequest] = [
    .init([400], [], "NUL in a value", get("/hooks/a", "X: y\0z\r\n") + evil),
    .init([400], [], "NUL in a name", get("/hooks/a", "X\0Y: z\r\n") + evil),
    .init([400], [], "NUL in the target", get("/hooks/a\0b") + evil),
    .init([400], [], "bare carriage return in a value", get("/hooks/a", "X: y\rZ: z\r\n") + evil),
    .init([400], [], "header without a name", get("/hooks/a", ": x\r\n") + evil),
    .init([400], [], "name with a space", get("/hooks/a", "X Y: z\r\n") + evil),
    .init([400], [], "control character in a value", get("/hooks/a", "X: y\u{1}\r\n")),
    .init(
      [400], [], "a value that is not UTF-8",
      Array("GET /hooks/a HTTP/1.1\r\n\(host)X: ".utf8) + [0xFF, 0xC0] + Array("\r\n\r\n".utf8)),
    .init([400], [], "no Host", get("/hooks/a", host: "") + evil),
    .init([400], [], "two Hosts", get("/hooks/a", host) + evil),
    .init([400], [], "Host with a space", get("/hooks/a", host: "Host: a b\r\n") + evil),
    .init([400], [], "Host with a path", get("/hooks/a", host: "Host: a/b\r\n") + evil),
    .init([404], [], "another's Host", get("/hooks/a", host: "Host: evil.example\r\n")),
    .init([505], [], "HTTP/2.0", "GET /hooks/a HTTP/2.0\r\n\(host)\r\n\(evil)"),
    .init([400], [], "lower-case version", "GET /hooks/a http/1.1\r\n\(host)\r\n\(evil)"),
    .init([400], [], "lower-case method", "get /hooks/a HTTP/1.1\r\n\(host)\r\n\(evil)"),
    .init([400], [], "method that is no token", "G(T /hooks/a HTTP/1.1\r\n\(host)\r\n\(evil)"),
    .init([501], [], "unknown method", "BREW /hooks/a HTTP/1.1\r\n\(host)\r\n"),
    .init([400], [], "CONNECT", "CONNECT h:1 HTTP/1.1\r\n\(host)\r\n"),
    .init([405], [], "TRACE", "TRACE /hooks/a HTTP/1.1\r\n\(host)\r\n"),
    .init([], [], "HTTP/0.9", "GET /hooks/a\r\n"),
    .init(
      [431], [], "70 header fields", get("/hooks/a", (1...70).map { "X\($0): y\r\n" }.joined())),
    .init(
      [400], [], "a header field of 9 KiB",
      get("/hooks/a", "X: \(String(repeating: "y", count: 9_000))\r\n")),
    .init(
      [431], [], "20 KiB of header fields",
      get(
        "/hooks/a", (1...3).map { "X\($0): \(String(repeating: "y", count: 7_000))\r\n" }.joined())),
  ]

  private static let hostileTargets: [ProxiedRequest] = [
    .init([400], [], "encoded NUL", get("/hooks/a%00b")),
    .init([400], [], "broken escape", get("/hooks/a%2")),
    .init([400], [], "escape that is not hexadecimal", get("/hooks/a%zz")),
    .init([400], [], "control character in the target", get("/hooks/a\u{1}b")),
    .init([400], [], "bytes beyond ASCII in the target", get("/hooks/caf\u{E9}")),
    .init([400], [], "fragment", get("/hooks/a#b")),
    .init([400], [], "asterisk", "OPTIONS * HTTP/1.1\r\n\(host)\r\n"),
    .init([414], [], "long target", get("/hooks/" + String(repeating: "a", count: 8_300))),
    .init([404], [], "way out of the hooks", get("/hooks/../login")),
    .init([404], [], "encoded way out of the hooks", get("/hooks/..%2Flogin")),
    .init([404], [], "the console's page on the hooks' host", get("/login")),
  ]

  /// Each means the same to everyone, or is put right by nginx.
  static let clean: [ProxiedRequest] = [
    .init([200], ["/hooks/a?x=%41+z&y"], "a query as it came", get("/hooks/a?x=%41+z&y")),
    .init([200], ["/hooks/a"], "a body", post(length, evil)),
    .init([200], ["/hooks/a"], "a chunked body", chunked(chunk(evil) + "0\r\n\r\n")),
    .init(
      [200], ["/hooks/a"], "a chunk with an extension", chunked("5;a=b\r\nhello\r\n0\r\n\r\n")),
    .init(
      [200], ["/hooks/a"], "trailers", chunked(chunk("hi") + "0\r\nContent-Length: 99\r\n\r\n")),
    .init([200], ["/hooks/a"], "a HTTP/1.0 client", "GET /hooks/a HTTP/1.0\r\n\(host)\r\n"),
    .init([200], ["/hooks/a"], "a whole URL", get("http://hooks.elmhomes.example/hooks/a")),
    .init(
      [200], ["/hooks/a"], "bare line feeds",
      "GET /hooks/a HTTP/1.1\nHost: hooks.elmhomes.example\n\n"),
    .init([200], ["/hooks/a"], "empty lines before", "\r\n\r\n" + get("/hooks/a")),
    .init([200], ["/hooks/a"], "a mark of one's own", get("/hooks/a", "X-Mark: mine\r\n")),
    .init(
      [200], ["/hooks/a"], "fields that belong to a connection",
      get("/hooks/a", "Upgrade: h2c\r\nConnection: upgrade, X-Mark\r\nTE: trailers\r\n")),
    .init([200], ["/hooks/a%0D%0AX:y"], "an encoded line end", get("/hooks/a%0D%0AX:y")),
    .init(
      [200, 200], ["/hooks/a", "/hooks/b"], "two requests, one after the other",
      post("Content-Length: 5\r\n", "hello") + get("/hooks/b")),
    .init(
      [200], ["/"], "the console",
      get("/", host: "Host: console.elmhomes.example\r\n")),
  ]
}
