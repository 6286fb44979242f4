import Glibc

/// What a crash leaves behind: nothing that holds a person's number or words.
enum CrashOutput {
  /// Lets a crash end the process at once, without the runtime's backtrace, which prints what the
  /// registers point at, and without a memory image.
  ///
  /// The message of what was broken still goes to the log.
  static func turnOff() {
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT] {
      signal(number, SIG_DFL)
    }
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }
}
