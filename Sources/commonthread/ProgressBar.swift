/// How far something has come, as a bar on a terminal; nothing is drawn that is done in a second.
struct ProgressBar {
  private let total: Int
  private let began: ContinuousClock.Instant
  private let draw: (String) -> Void
  private var lastDrawn: ContinuousClock.Instant?

  /// Makes a bar that is full at `total`, at least 1; `draw` gets what a terminal is to be sent.
  init(total: Int, now: ContinuousClock.Instant = .now, draw: @escaping (String) -> Void) {
    self.total = total
    began = now
    self.draw = draw
  }

  /// A bar on standard error where that is a terminal; else one that draws nothing.
  static func onTerminal(total: Int) -> ProgressBar {
    let isVisible = Terminal.hasVisibleErrors
    return ProgressBar(total: total) { if isVisible { Terminal.draw($0) } }
  }

  /// Shows that `done` of the total are done.
  mutating func show(_ done: Int, now: ContinuousClock.Instant = .now) {
    let last = lastDrawn ?? began + .milliseconds(900)
    guard now - last >= .milliseconds(100) else { return }
    lastDrawn = now
    let full = Self.width * min(done, total) / total
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: Self.width - full)
    draw("\r[\(bar)] \(done) of \(total)")
  }

  /// Takes the bar away.
  mutating func end() {
    guard lastDrawn != nil else { return }
    lastDrawn = nil
    draw("\r\u{1B}[K")
  }

  private static let width = 40
}
