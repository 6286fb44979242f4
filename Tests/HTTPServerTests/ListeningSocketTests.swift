import Glibc
import HTTP
import HTTPServer
import Testing

/// Which addresses and descriptors are listened on.
@Suite struct ListeningSocketTests {
  @Test(arguments: [
    "", ":", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
    "127.0.0.1:+80", "127.0.0.1:80 ", " 127.0.0.1:80", "127.0.0.1:080808", "localhost:80", "::1:80",
    "[::1]", "[::1:80", "[127.0.0.1]:80", "127.1:80", "[]:80", "127.0.0.1\0:80",
    "127.0.0.1:\u{661}", "[fe80::1%lo]:80", String(repeating: "1", count: 10_000) + ":80",
  ])
  func `an address that cannot be read is refused`(address: String) {
    #expect(throws: ServerError.badAddress(address)) { try start(address) }
  }

  @Test(arguments: ["0.0.0.0:0", "[::]:0", "192.0.2.1:0", "128.0.0.1:0", "[::ffff:127.0.0.1]:0"])
  func `an address that others can reach is refused unless that is allowed`(address: String) {
    #expect(throws: ServerError.publicAddress(address)) { try start(address) }
  }

  @Test func `a public address is served when that is allowed`() throws {
    let server = try Recorder().server {
      $0.address = "0.0.0.0:0"
      $0.allowPublicListen = true
    }
    let client = try RawClient(port: server.port)
    client.send("GET /good HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.answer()?.status == 200)
  }

  @Test func `an address in use is refused with the reason`() throws {
    let server = try Recorder().server()
    let address = "127.0.0.1:\(server.port)"
    let expected = ServerError.cannotListen(address, errno: EADDRINUSE)
    #expect(throws: expected) { try start(address) }
    #expect(expected.description == "Couldn't listen on \(address): Address already in use.")
  }

  @Test func `a descriptor that is no listening socket is refused`() {
    let unbound = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(unbound) }
    for descriptor in [unbound, -1, 1_000_000] {
      #expect(throws: ServerError.notListening(descriptor: descriptor)) {
        _ = try Recorder().server { $0.listenSocket = descriptor }
      }
    }
  }

  @Test func `an inherited public socket is refused unless that is allowed`() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    try #require(listen(descriptor, 8) == 0)  // without an address: on every one, on a free port
    #expect(throws: ServerError.publicAddress("The inherited socket")) {
      _ = try Recorder().server { $0.listenSocket = descriptor }
    }
    let server = try Recorder().server {
      $0.listenSocket = descriptor
      $0.allowPublicListen = true
    }
    #expect(server.port != 0)
  }

  /// Only a proxy on this machine can reach it; the bytes that came over it cannot be counted, so
  /// each answer closes its connection.
  @Test func `an inherited Unix socket is served`() throws {
    let path = "/tmp/commonthread-test-\(getpid()).sock"
    unlink(path)
    defer { unlink(path) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    try #require(withUnixAddress(path) { bind(descriptor, $0, $1) } == 0)
    try #require(listen(descriptor, 8) == 0)
    let server = try Recorder().server { $0.listenSocket = descriptor }
    #expect(server.port == 0)
    let client = try RawClient(path: path)
    client.send("GET /good HTTP/1.1\r\nHost: h\r\n\r\n")
    let answers = client.answersUntilClosed()
    #expect(answers.map(\.body) == ["saw /good"])
    #expect(answers.allSatisfy { $0.closes })
  }

  private func start(_ address: String) throws {
    _ = try Recorder().server { $0.address = address }
  }
}
