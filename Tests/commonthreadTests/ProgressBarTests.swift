import Synchronization
import Testing

@testable import commonthread

@Suite struct ProgressBarTests {
  @Test func `what is done within a second draws nothing`() {
    let drawn = Mutex<[String]>([])
    let start = ContinuousClock.now
    var bar = ProgressBar(total: 4, now: start) { text in drawn.withLock { $0.append(text) } }
    for done in 1...4 { bar.show(done, now: start + .milliseconds(249 * done)) }
    bar.end()
    #expect(drawn.withLock { $0 } == [])
  }

  @Test func `what takes longer is drawn ten times a second at most, and taken away`() {
    let drawn = Mutex<[String]>([])
    let start = ContinuousClock.now
    var bar = ProgressBar(total: 200, now: start) { text in drawn.withLock { $0.append(text) } }
    for done in 1...200 { bar.show(done, now: start + .milliseconds(10 * done)) }
    bar.end()
    let lines = drawn.withLock { $0 }
    #expect(lines.count == 12)
    #expect(lines[0] == "\r[" + "####################" + "...................." + "] 100 of 200")
    #expect(lines[10] == "\r[" + String(repeating: "#", count: 40) + "] 200 of 200")
    #expect(lines[11] == "\r\u{1B}[K")
  }
}
