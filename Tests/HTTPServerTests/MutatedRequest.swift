import Support

/// A request that is drawn from a seed: a valid one, to which nothing or several things happened.
///
/// Its body is a request in itself, to `/hooks/evil`, so that whoever ends the body too soon finds
/// one there.
struct MutatedRequest: Sendable {
  static let host = "hooks.elmhomes.example"
  static let evil = "GET /hooks/evil HTTP/1.1\r\nHost: \(host)\r\n\r\n"

  /// What is sent.
  private(set) var bytes: [UInt8] = []

  private var lines: [[UInt8]]

  /// Draws one, whose target ends with the number.
  init(number: Int, _ random: inout SplitMix64) {
    let method = random.pick(["GET", "POST", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    let target = "/hooks/m\(number)" + random.pick(["", "", "?x=%41+y", "/%2e%2E/z", "?a=b&c"])
    var texts = ["\(method) \(target) HTTP/1.1\r\n", "Host: \(Self.host)\r\n"]
    texts += random.pick([[], ["X-Y: z\r\n"], ["Accept: */*\r\n", "Cookie: a=1; b=2\r\n"]])
    var body = ""
    if method != "GET" {
      body = random.pick(["", "hello", Self.evil, Self.evil, Self.evil + Self.evil])
      if random.next() % 8 == 0 {
        texts.append("Transfer-Encoding: chunked\r\n")
        body = String(Self.evil.utf8.count, radix: 16) + "\r\n\(Self.evil)\r\n0\r\n\r\n"
      } else {
        texts.append("Content-Length: \(body.utf8.count)\r\n")
      }
    }
    lines = texts.map { Array($0.utf8) } + [[13, 10]]
    for _ in 0..<random.pick([0, 1, 1, 1, 2, 2, 3]) { mutate(&random) }
    var all = lines.flatMap(\.self)
    for _ in 0..<random.pick([0, 0, 1, 2]) { Self.damage(&all, &random) }
    bytes = all + Array(body.utf8)
  }

  /// Something that happens to the lines of the head.
  private mutating func mutate(_ random: inout SplitMix64) {
    let line = Int(random.next() % UInt64(lines.count))
    switch random.next() % 10 {
    case 0...3: lines.insert(Array(random.pick(Self.lines).utf8), at: max(1, line))
    case 4: lines.insert(lines[line], at: line)
    case 5 where lines.count > 2: lines.remove(at: line)
    case 6:
      if lines[line].suffix(2) == [13, 10] { lines[line].removeLast(2) }
      lines[line] += Array(random.pick(["\n", "\r", "\r\r\n", "", "\n\r\n", " \r\n"]).utf8)
    case 7: lines[line].insert(random.pick([32, 9]), at: 0)
    case 8: lines[0] = Array(random.pick(Self.requestLines).utf8)
    default:
      guard let colon = lines[line].firstIndex(of: UInt8(ascii: ":")) else { return }
      lines[line].insert(contentsOf: random.pick(Self.beforeColon), at: colon)
    }
  }

  /// Something that happens to one byte of the head.
  private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let place = Int(random.next() % UInt64(bytes.count))
    switch random.next() % 5 {
    case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(bytes[place], at: place)
    case 3: bytes.insert(random.pick([0, 9, 10, 13, 32, 58, 0x0B, 0x7F, 0x80, 0xFF]), at: place)
    default: bytes[place] ^= 0x20
    }
  }

  private static let beforeColon: [[UInt8]] = [[32], [9], [0], [13], [0xA0], [95]]

  private static let requestLines = [
    "GET /hooks/a HTTP/1.0\r\n", "POST /hooks/a HTTP/1.1 \r\n", "POST  /hooks/a HTTP/1.1\r\n",
    "POST http://\(host)/hooks/a HTTP/1.1\r\n", "POST /hooks/a\r\n", "POST * HTTP/1.1\r\n",
    "TRACE /hooks/a HTTP/1.1\r\n", "post /hooks/a HTTP/1.1\r\n", "POST /hooks/a HTTP/2.0\r\n",
    "\r\nPOST /hooks/a HTTP/1.1\r\n", "POST /hooks/%00 HTTP/1.1\r\n",
    "POST /hooks/a#b HTTP/1.1\r\n",
  ]

  /// Fields that say something about where a request ends, or try to.
  private static let lines = [
    "Transfer-Encoding: chunked\r\n", "Transfer-Encoding : chunked\r\n",
    "Transfer-Encoding:\tchunked\r\n", "Transfer-Encoding:\r\n chunked\r\n",
    "Transfer-Encoding: identity\r\n", "Transfer-Encoding: xchunked\r\n",
    "transfer-encoding: chunked, identity\r\n", "Transfer_Encoding: chunked\r\n",
    "X: y\r\n\tTransfer-Encoding: chunked\r\n", "X: y\rTransfer-Encoding: chunked\r\n",
    "X: y\nTransfer-Encoding: chunked\r\n", "\0Transfer-Encoding: chunked\r\n",
    "Content-Length: 0\r\n", "Content-Length: 1\r\n", "Content-Length: 5, 5\r\n",
    "Content-Length: +5\r\n", "Content-Length: 0x5\r\n", "Content-Length: -1\r\n",
    "Content-Length:\r\n", "Content-Length: 5 5\r\n", "Content-Length\t: 0\r\n",
    "Content_Length: 0\r\n", "Content-Length: 18446744073709551616\r\n", " Content-Length: 0\r\n",
    "Host: evil.example\r\n", "Host:\r\n", "Host: a b\r\n", "Expect: 100-continue\r\n",
    "Expect: tea\r\n", "Connection: close\r\n", "Connection: Content-Length\r\n",
    "Connection: keep-alive, X-Mark\r\n", "Upgrade: h2c\r\n", "Content-Encoding: gzip\r\n",
    "X-Mark: mine\r\n", "Trailer: X\r\n", ": empty\r\n", "nonsense\r\n", ":\n", "\n", "\r\n",
    "X: \u{1}\r\n", "X: caf\u{E9}\r\n", "X(1): y\r\n",
    "X: \(String(repeating: "y", count: 9_000))\r\n", String(repeating: "X: y\r\n", count: 70),
  ]
}
