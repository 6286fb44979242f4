import Glibc

/// What a measurement came to, printed in one form for all.
struct BenchReport {
  /// What was measured.
  let name: String
  /// How many messages there were.
  let messages: Int
  /// How long it took, in seconds.
  let seconds: Double
  /// The CPU time of the whole process meanwhile, in seconds.
  let cpuSeconds: Double
  /// The time of each request, in milliseconds; empty where it was not measured.
  let latencies: [Double]

  /// The lines for people.
  var lines: [String] {
    let sorted = latencies.sorted()
    let at = { (share: Double) in
      sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
    var lines = [
      "\(name): \(messages) messages in \(rounded(seconds)) s, "
        + "\(Int(Double(messages) / seconds)) a second",
      "  CPU \(rounded(cpuSeconds * 1000 / Double(messages))) ms a message (whole process), "
        + "memory \(Self.residentMiB) MiB",
    ]
    if !sorted.isEmpty {
      lines.append("  answered in p50 \(rounded(at(0.5))) ms, p99 \(rounded(at(0.99))) ms")
    }
    return lines
  }

  /// One line about steps that each took so many microseconds.
  static func steps(_ name: String, _ microseconds: [Double]) -> String {
    let sorted = microseconds.sorted()
    let median = sorted[sorted.count / 2]
    let high = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    return "\(name): \(sorted.count) times, p50 \((median * 10).rounded() / 10) µs, "
      + "p99 \((high * 10).rounded() / 10) µs"
  }

  /// The CPU time of this process so far, in seconds.
  static var cpuSeconds: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
    let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
    return user + system
  }

  /// Seconds of a clock that never steps.
  static var clock: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static var residentMiB: Int {
    let bytes = FileBytes.read("/proc/self/statm", limit: 4096) ?? []
    let fields = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    return ((fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(getpagesize())) >> 20
  }

  private func rounded(_ number: Double) -> String {
    "\((number * 1000).rounded() / 1000)"
  }
}
