import Glibc

/// A thread that runs one closure and is then joined or detached, once.
struct GroupCommitThread: Sendable {
  private let thread: pthread_t

  /// Starts the thread; nil when the system gives none.
  init?(_ body: @escaping @Sendable () -> Void) {
    var started = pthread_t()
    let box = Unmanaged.passRetained(Body(run: body))
    guard pthread_create(&started, nil, runBody, box.toOpaque()) == 0 else {
      box.release()
      return nil
    }
    thread = started
  }

  /// Whether the caller is this thread.
  var isCurrent: Bool { pthread_equal(thread, pthread_self()) != 0 }

  /// Blocks until the closure has returned.
  func join() {
    pthread_join(thread, nil)
  }

  /// Lets the thread end by itself; it is then not joined.
  func detach() {
    pthread_detach(thread)
  }

  fileprivate final class Body: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }
}

/// Takes the closure out of its box and runs it.
private func runBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<GroupCommitThread.Body>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
