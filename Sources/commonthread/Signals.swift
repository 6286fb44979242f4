import Dispatch
import Glibc

/// Signals that the main thread waits for, instead of being interrupted by them.
struct Signals {
  private var set = sigset_t()

  /// Blocks the signals for this thread and every thread that it starts from now on.
  init(_ signals: [Int32]) {
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
    // A file at the size limit must make the write fail, which is looked at, not end the process.
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Waits for the next one and returns its number.
  func wait() -> Int32 {
    var set = set
    var number: Int32 = 0
    while sigwait(&set, &number) != 0 {}
    return number
  }
}

/// Things to do a little later.
enum DispatchTimer {
  /// Does the work after so many seconds, on a thread of the system's.
  static func after(seconds: Int, _ work: @escaping @Sendable () -> Void) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: work)
  }
}
