import Glibc

/// An answer that no provider should give, and that proves nothing about the message.
struct Garbage: Sendable {
  /// What it is, in a few words.
  let name: String
  /// Writes it to the connection, which is closed afterwards.
  let write: @Sendable (Int32) -> Void

  /// Bytes as they are.
  private init(_ name: String, raw: String) {
    let bytes = Array(raw.utf8)
    self.init(name) { _ = LoopbackServer.write(bytes, to: $0) }
  }

  private init(_ name: String, write: @escaping @Sendable (Int32) -> Void) {
    self.name = name
    self.write = write
  }

  /// A proper answer with a body of so many bytes.
  private init(_ name: String, _ status: String, headers: String = "", body: [UInt8]) {
    let head = "HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.count)\r\n\r\n"
    let bytes = Array(head.utf8) + body
    self.init(name) { _ = LoopbackServer.write(bytes, to: $0) }
  }

  private init(_ name: String, _ status: String, headers: String = "", _ body: String) {
    self.init(name, status, headers: headers, body: Array(body.utf8))
  }

  /// A beginning, and then the same again and again until nobody reads it or the time is over.
  private init(
    _ name: String, _ start: String, thenEndlessly piece: String, times: Int = 1,
    every milliseconds: Int32 = 0, within limit: Duration = .seconds(60)
  ) {
    let bytes = Array(String(repeating: piece, count: times).utf8)
    self.init(name) { connection in
      let end = ContinuousClock.now + limit
      var isRead = LoopbackServer.write(Array(start.utf8), to: connection)
      while isRead, ContinuousClock.now < end {
        isRead = LoopbackServer.write(bytes, to: connection)
        poll(nil, 0, milliseconds)
      }
    }
  }

  /// Every kind; `bomb` is a large body as gzip packs it, and what is slow ends after `limit`.
  static func all(bomb: [UInt8], slowFor limit: Duration) -> [Garbage] {
    contents(bomb) + statuses + framing + endless(limit)
  }

  private static func contents(_ bomb: [UInt8]) -> [Garbage] {
    [
      Garbage("a page", "200 OK", headers: "Content-Type: text/html\r\n", "<p>Welcome!</p>"),
      Garbage("nothing", "200 OK", ""), Garbage("null", "201 Created", "null"),
      Garbage("an empty object", "201 Created", "{}"),
      Garbage("no id", "201 Created", #"{"sid":null,"status":"queued"}"#),
      Garbage("an empty id", "201 Created", #"{"sid":""}"#),
      Garbage("a number for an id", "201 Created", #"{"sid":7}"#),
      Garbage("a sentence for an id", "201 Created", #"{"sid":"SM 1; DROP"}"#),
      Garbage(
        "an endless id", "201 Created", #"{"sid":"\#(String(repeating: "S", count: 100_000))"}"#),
      Garbage("an error that is 200", "200 OK", #"{"code":21211,"message":"no","status":400}"#),
      Garbage("half a JSON", "201 Created", #"{"sid":"SM0123456789"#),
      Garbage("deep JSON", "201 Created", String(repeating: "[", count: 500_000)),
      Garbage("NUL bytes", "201 Created", body: [UInt8](repeating: 0, count: 5000)),
      Garbage(
        "no UTF-8", "201 Created", body: Array(#"{"sid":"SM"#.utf8) + [0xFF, 0xC0, 0x22, 0x7D]),
      Garbage("a gzip bomb", "201 Created", headers: "Content-Encoding: gzip\r\n", body: bomb),
    ]
  }

  private static let statuses = [
    Garbage("a redirect to itself", "302 Found", headers: "Location: /\r\n", ""),
    Garbage("a redirect of the body", "307 Temporary Redirect", headers: "Location: /x\r\n", ""),
    Garbage("a redirect elsewhere", "301 Moved", headers: "Location: http://127.0.0.1:1/\r\n", ""),
    Garbage("no content", raw: "HTTP/1.1 204 No Content\r\n\r\n"),
    Garbage("another protocol", raw: "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n\u{1}\u{2}"),
    Garbage("a status of 999", "999 Odd", "{}"), Garbage("a status of 000", "000 Odd", "{}"),
    Garbage("a proxy's 503", "503 Service Unavailable", "<h1>Oops</h1>"),
    Garbage("a proxy's 502", "502 Bad Gateway", ""),
    Garbage("Twilio's 500", "500 Error", #"{"code":20500,"message":"x","status":500}"#),
    Garbage("a page with 400", "400 Bad Request", "<h1>No</h1>"),
    Garbage("nothing with 404", "404 Not Found", ""),
  ]

  private static let framing = [
    Garbage("half a head", raw: "HTTP/1.1 201 Created\r\nContent-Le"),
    Garbage("no status line", raw: "\u{0}\u{1}\u{2}\u{3}\r\n\r\n"),
    Garbage("another server", raw: "SSH-2.0-OpenSSH_9.2\r\n"),
    Garbage("a short body", raw: "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{}"),
    Garbage("a length below 0", raw: "HTTP/1.1 201 Created\r\nContent-Length: -5\r\n\r\n{}"),
    Garbage("a length in words", raw: "HTTP/1.1 201 Created\r\nContent-Length: two\r\n\r\n{}"),
    Garbage(
      "two lengths",
      raw: "HTTP/1.1 201 Created\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}"),
    Garbage(
      "a chunk of no size",
      raw: "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
    Garbage(
      "a second answer behind it",
      raw: "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n{}"
        + "HTTP/1.1 201 Created\r\nContent-Length: 12\r\n\r\n{\"sid\":\"SM\"}"),
  ]

  private static func endless(_ limit: Duration) -> [Garbage] {
    let created = "HTTP/1.1 201 Created\r\n"
    return [
      Garbage("an endless body", created + "\r\n", thenEndlessly: "x", times: 65_536),
      Garbage(
        "10 GiB", created + "Content-Length: 10737418240\r\n\r\n", thenEndlessly: "{", times: 65_536
      ),
      Garbage(
        "endless chunks", created + "Transfer-Encoding: chunked\r\n\r\n",
        thenEndlessly: "4\r\n[[[[\r\n", times: 5000),
      Garbage("an endless head", created, thenEndlessly: "X-More: and more\r\n", times: 1000),
      Garbage("an endless line", created + "X: ", thenEndlessly: "more", times: 1000),
      Garbage(
        "endless interim answers", "", thenEndlessly: "HTTP/1.1 100 Continue\r\n\r\n", times: 1000),
      Garbage(
        "a slow drip", created + "Content-Length: 100000\r\n\r\n{", thenEndlessly: " ", every: 100,
        within: limit),
      Garbage("a slow head", created + "X: ", thenEndlessly: "y", every: 100, within: limit),
      Garbage(
        "silence after the head", created + "Content-Length: 2\r\n\r\n", thenEndlessly: "",
        every: 100, within: limit),
    ]
  }
}
