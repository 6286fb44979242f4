internal import CMicroHTTPD
import Glibc
import HTTP
import Synchronization

/// An HTTP/1.1 server for callbacks and staff pages, to stand behind a proxy.
///
/// Each connection has a thread, on which the handler runs and may block until its commit is
/// durable. What reaches the handler has passed every rule of `RequestGuard`, whole, with a body
/// within its path's limit.
public final class WebServer: Sendable {
  /// The port that is listened on; 0 for a Unix socket.
  public let port: UInt16
  private let listener: ListeningSocket
  /// The library has a pointer to it from the start until `MHD_stop_daemon` has returned, and it
  /// lives at least as long as this object, whose end calls `stop`.
  private let service: Service
  /// The running daemon's address, nil once stopped; the lock is held for the whole of a stop.
  private let daemon: Mutex<UInt?>

  /// How long a stop waits at least: a connection that was just accepted has its request on the way.
  private static let settling = Duration.milliseconds(20)
  /// Connections over the limit that are still taken, to be told 503; more are closed at once.
  private static let spareConnections = 64
  /// The memory for one connection's head and pieces of body.
  private static let connectionMemoryBytes = 32 * 1_024

  /// Starts to listen and to serve.
  ///
  /// The handler gets the target exactly as it was received (path and query) as `url`: whoever
  /// needs the public URL builds it from the configuration. It is called on many threads at once.
  public init(
    settings: Settings = Settings(),
    handler: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) throws(ServerError) {
    let allowPublic = settings.allowPublicListen
    if let inherited = settings.listenSocket {
      listener = try .inherited(inherited, allowPublic: allowPublic)
    } else {
      listener = try .opened(on: settings.address, allowPublic: allowPublic)
    }
    port = listener.port
    service = Service(settings: settings, handler: handler)
    guard let started = Self.start(service, on: listener) else {
      listener.close()
      throw .libraryFailed
    }
    daemon = Mutex(UInt(bitPattern: started))
  }

  deinit { stop(within: .zero) }

  /// What the server has done and is doing.
  public var counts: Counts { service.counts }

  /// Stops: accepts nothing more, lets requests that have begun finish, closes all connections.
  ///
  /// When it returns the handler is not running and will not be called again. A handler that is
  /// still running after `limit` is waited for nevertheless, because its thread cannot be ended,
  /// but its answer is not sent. An inherited socket stays open and listening. Stopping twice is
  /// fine. Must not be called by the handler.
  public func stop(within limit: Duration = .seconds(5)) {
    daemon.withLock { address in
      guard let running = address.flatMap({ OpaquePointer(bitPattern: $0) }) else { return }
      MHD_quiesce_daemon(running)
      service.move(to: .closing)
      let now = ContinuousClock.now
      pause(until: min(now + Self.settling, now + limit)) { false }
      pause(until: now + limit) { service.isIdle }
      service.move(to: .closed)
      pause(until: now + limit) { service.isIdle }
      MHD_stop_daemon(running)
      listener.close()
      address = nil
    }
  }

  /// Waits until a condition holds or a moment has come.
  private func pause(until end: ContinuousClock.Instant, unless isMet: () -> Bool) {
    while !isMet(), ContinuousClock.now < end { usleep(1_000) }
  }

  private static func start(_ service: Service, on listener: ListeningSocket) -> OpaquePointer? {
    let flags = [
      MHD_USE_INTERNAL_POLLING_THREAD, MHD_USE_THREAD_PER_CONNECTION, MHD_USE_POLL, MHD_USE_ITC,
    ]
    var settings = cmicrohttpd_settings()
    settings.flags = flags.reduce(0) { $0 | $1.rawValue }
    settings.listen_socket = listener.descriptor
    settings.connection_limit = UInt32(
      clamping: min(service.settings.connectionLimit, 1 << 20) + spareConnections)
    settings.timeout_seconds = UInt32(clamping: service.settings.idleTimeoutSeconds)
    settings.connection_memory_bytes = connectionMemoryBytes
    settings.stack_bytes = max(service.settings.stackBytes, 128 * 1_024)
    settings.connection_changed = connectionChanged
    settings.target_received = targetReceived
    settings.request_received = requestReceived
    settings.request_completed = requestCompleted
    settings.context = Unmanaged.passUnretained(service).toOpaque()
    return cmicrohttpd_start(&settings)
  }
}
