import Glibc
import Synchronization

/// A thread that runs one body.
final class ClientThread: Sendable {
  private let thread: pthread_t
  private let body: Body
  private let isJoined = Mutex(false)

  /// Starts the body on a new thread, which takes none of the process's signals.
  init(_ run: @escaping @Sendable () -> Void) throws(ClientError) {
    body = Body(run: run)
    let context = Unmanaged.passRetained(body)
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, runBody, context.toOpaque())
    guard code == 0 else {
      context.release()
      throw ClientError(code: code, "The system has no thread for the client.")
    }
    self.thread = thread
  }

  /// Lets the thread go its way when nobody has waited for it.
  deinit {
    isJoined.withLock { isJoined in
      if !isJoined { pthread_detach(thread) }
    }
  }

  /// Whether the caller is the thread itself; its identifier is used again once it has ended.
  var isCurrent: Bool {
    !body.hasEnded.load(ordering: .acquiring) && pthread_equal(pthread_self(), thread) != 0
  }

  /// Waits for the thread's end, except on the thread itself, where that would last for ever.
  func join() {
    guard !isCurrent else { return }
    isJoined.withLock { isJoined in
      if !isJoined { pthread_join(thread, nil) }
      isJoined = true
    }
  }
}

private final class Body: Sendable {
  let run: @Sendable () -> Void
  let hasEnded = Atomic(false)

  init(run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs the body with every signal blocked.
///
/// Signals stay with the program's main thread. SIGPIPE too is blocked, for libcurl is told not to
/// touch signals and a connection that the other side has closed must not end the process.
private func runBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  var everySignal = sigset_t()
  sigfillset(&everySignal)
  pthread_sigmask(SIG_BLOCK, &everySignal, nil)
  let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
  body.run()
  body.hasEnded.store(true, ordering: .releasing)
  return nil
}
