import Glibc

/// The program's own standard streams.
enum Terminal {
  /// Prints bytes to standard output at once, whole; false when it can take no more.
  @discardableResult
  static func write(_ bytes: [UInt8]) -> Bool {
    write(bytes, to: STDOUT_FILENO)
  }

  /// Prints a line to standard output.
  static func say(_ line: String) {
    write(Array((line + "\n").utf8))
  }

  /// Prints a sentence to standard error.
  static func complain(_ sentence: String) {
    write(Array(("commonthread: " + sentence + "\n").utf8), to: STDERR_FILENO)
  }

  /// Whether standard output is a terminal, where colour and progress are welcome.
  static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether what is printed may be coloured: on a terminal whose user did not set `NO_COLOR`.
  ///
  /// Source: <https://no-color.org>.
  static var isColoured: Bool {
    guard isInteractive, let refusal = getenv("NO_COLOR") else { return isInteractive }
    return refusal.pointee == 0
  }

  /// Whether standard error is a terminal, where progress is shown beside what is printed.
  static var hasVisibleErrors: Bool { isatty(STDERR_FILENO) == 1 }

  /// Sends the terminal on standard error just this.
  static func draw(_ text: String) {
    write(Array(text.utf8), to: STDERR_FILENO)
  }

  @discardableResult
  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}

/// Lines of standard input, each at most so many bytes.
struct InputLines {
  private let limit: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// Reads standard input by lines; a longer line is cut into pieces of `limit` bytes.
  init(limit: Int) {
    self.limit = limit
  }

  /// The next line without its end, or nil when there is none.
  mutating func next() -> [UInt8]? {
    var scanned = 0
    while true {
      if let end = buffer[(start + scanned)...].firstIndex(of: 10) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      scanned = buffer.count - start
      if isAtEnd || scanned >= limit {
        guard scanned > 0 else { return nil }
        defer { start = buffer.count }
        return Array(buffer[start...])
      }
      fill()
    }
  }

  private mutating func fill() {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = chunk.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { return }
    guard count > 0 else {
      isAtEnd = true
      return
    }
    buffer += chunk[..<count]
  }
}
