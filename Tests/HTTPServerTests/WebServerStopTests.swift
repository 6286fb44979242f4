import Glibc
import HTTP
import HTTPServer
import Synchronization
import Testing

private let good = "GET /good HTTP/1.1\r\nHost: h\r\n\r\n"

/// How a server ends, and what is left of its socket.
@Suite struct WebServerStopTests {
  @Test func `a stop lets the request in work finish`() throws {
    let gate = Gate()
    let server = try WebServer(settings: .local()) { _ in
      gate.pass()
      return HTTPResponse(status: 200, type: "text/plain", text: "done")
    }
    let idle = try RawClient(port: server.port)
    let client = try RawClient(port: server.port)
    client.send(good)
    gate.waitUntilEntered()
    let stopping = Running { server.stop() }
    gate.open()
    let answer = try #require(client.answer())
    #expect(answer.body == "done")
    stopping.join()
    #expect(client.isClosed())
    #expect(idle.isClosed())
    #expect(server.counts.connections == 0)
  }

  /// The connection was open before the stop, and the server waits for another request anyway.
  @Test func `while a stop waits, open connections are served`() throws {
    let gate = Gate()
    let server = try WebServer(settings: .local()) { request in
      if request.url == "/good" { gate.pass() }
      return HTTPResponse(status: 200)
    }
    let held = try RawClient(port: server.port)
    held.send(good)
    gate.waitUntilEntered()
    let early = try RawClient(port: server.port)
    let late = try RawClient(port: server.port)
    while server.counts.connections < 3 { sched_yield() }
    let stopping = Running { server.stop() }
    let other = "GET /other HTTP/1.1\r\nHost: h\r\n\r\n"
    var answer: Answer?
    repeat {
      early.send(other)
      answer = early.answer()
    } while answer?.closes == false
    #expect(answer?.status == 200)
    let settled = ContinuousClock.now + .milliseconds(50)
    while ContinuousClock.now < settled { sched_yield() }
    late.send(other)
    #expect(late.answersUntilClosed().map(\.status) == [200])
    gate.open()
    #expect(held.answer()?.status == 200)
    stopping.join()
  }

  @Test func `a stopped server takes no connection and calls no handler`() throws {
    let recorder = Recorder()
    let server = try recorder.server()
    let client = try RawClient(port: server.port)
    client.send(good)
    #expect(client.answer()?.status == 200)
    server.stop()
    server.stop()
    client.send(good)
    #expect(client.isClosed())
    #expect(throws: CannotConnect(errno: ECONNREFUSED)) { _ = try RawClient(port: server.port) }
    #expect(recorder.urls == ["/good"])
    _ = try Recorder().server { $0.address = "127.0.0.1:\(server.port)" }
  }

  @Test func `a handler that overruns is waited for but not heard`() throws {
    let gate = Gate()
    let server = try WebServer(settings: .local()) { _ in
      gate.pass()
      return HTTPResponse(status: 200)
    }
    let client = try RawClient(port: server.port)
    client.send(good)
    gate.waitUntilEntered()
    let stopping = Running { server.stop(within: .milliseconds(1)) }
    #expect(client.isClosed())
    gate.open()
    stopping.join()
    #expect(server.counts.connections == 0)
  }

  @Test func `under load a stop answers whole or not at all`() throws {
    let recorder = Recorder()
    let server = try recorder.server()
    let answered = Atomic<Int>(0)
    let port = server.port
    let clients = (0..<8).map { _ in
      Running {
        guard let client = try? RawClient(port: port) else { return }
        for _ in 0..<100_000 {
          client.send(good)
          guard let answer = client.answer(), answer.body == "saw /good" else { return }
          answered.add(1, ordering: .relaxed)
          if answer.closes { return }
        }
      }
    }
    while answered.load(ordering: .relaxed) < 200 { sched_yield() }
    server.stop()
    for client in clients { client.join() }
    #expect(recorder.urls.count == answered.load(ordering: .relaxed))
  }

  @Test func `an inherited socket is served and left open for the next process`() throws {
    let inherited = try listeningSocket()
    defer { close(inherited.descriptor) }
    let recorder = Recorder()
    let first = try recorder.server { $0.listenSocket = inherited.descriptor }
    #expect(first.port == inherited.port)
    let client = try RawClient(port: inherited.port)
    client.send(good)
    #expect(client.answer()?.body == "saw /good")
    first.stop()

    let waiting = try RawClient(port: inherited.port)
    waiting.send(good)
    let second = try recorder.server { $0.listenSocket = inherited.descriptor }
    #expect(waiting.answer()?.body == "saw /good")
    second.stop()
    #expect(fcntl(inherited.descriptor, F_GETFD) == FD_CLOEXEC)
  }

  private func listeningSocket() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, size)
        _ = listen(descriptor, 64)
        _ = getsockname(descriptor, $0, &size)
      }
    }
    try #require(address.sin_port != 0)
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }
}

/// Holds a handler until it is told to go on.
private final class Gate: Sendable {
  private let isEntered = Atomic<Bool>(false)
  private let isOpen = Atomic<Bool>(false)

  func pass() {
    isEntered.store(true, ordering: .sequentiallyConsistent)
    while !isOpen.load(ordering: .sequentiallyConsistent) { sched_yield() }
  }

  func waitUntilEntered() {
    while !isEntered.load(ordering: .sequentiallyConsistent) { sched_yield() }
  }

  func open() { isOpen.store(true, ordering: .sequentiallyConsistent) }
}

/// A thread that runs a closure.
private struct Running {
  private var thread = pthread_t()

  init(_ work: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Work(work)).toOpaque()
    pthread_create(&thread, nil, run, box)
  }

  func join() { pthread_join(thread, nil) }
}

private final class Work {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
  return nil
}
