import Dispatch
import Synchronization
import Testing

@testable import commonthread

@Suite struct WorkLoopTests {
  @Test func `a step that does not come back shows after 30 seconds, and no earlier`() {
    let clock = Mutex(ContinuousClock.now)
    let hasBegun = DispatchSemaphore(value: 0)
    let mayEnd = DispatchSemaphore(value: 0)
    let bell = Doorbell()
    let now: @Sendable () -> ContinuousClock.Instant = { clock.withLock { $0 } }
    let loop = WorkLoop(name: "test", bell: bell, now: now) {
      hasBegun.signal()
      mayEnd.wait()
      return 0
    }
    hasBegun.wait()
    #expect(loop.isTurning)
    clock.withLock { $0 += .milliseconds(29_999) }
    #expect(loop.isTurning)
    clock.withLock { $0 += .milliseconds(1) }
    #expect(!loop.isTurning)
    // The next step is a sign of life again.
    mayEnd.signal()
    hasBegun.wait()
    #expect(loop.isTurning)
    mayEnd.signal()
    DispatchQueue.global().async { for _ in 0..<100 { mayEnd.signal() } }
    loop.stop()
  }

  @Test func `a loop that waits for its bell ends when it is told to`() {
    let count = Mutex(0)
    let hasBegun = DispatchSemaphore(value: 0)
    let loop = WorkLoop(name: "test", bell: Doorbell()) {
      count.withLock { $0 += 1 }
      hasBegun.signal()
      return 60_000
    }
    hasBegun.wait()
    loop.stop()
    #expect(count.withLock { $0 } == 1)
    #expect(loop.isTurning)
  }
}
